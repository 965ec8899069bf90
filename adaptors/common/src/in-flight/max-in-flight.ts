/**
 * Requests that one run sends at the same time. DHIS2 up to 2.42 gains nothing from more (dhis2
 * FACTS §9), and Go.Data's own advice is two to four (godata FACTS §7).
 */
export const MAX_IN_FLIGHT = 4;
