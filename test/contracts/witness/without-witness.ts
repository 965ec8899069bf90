/**
 * What adaptors send although no recording shows that 2.42 and 2.43 take it: a route, or a part of
 * one as the check words it. At most ten.
 */
export const WITHOUT_WITNESS: readonly { request: string; why: string }[] = [];
