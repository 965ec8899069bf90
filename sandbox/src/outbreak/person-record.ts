import type { Calendar } from './calendar.js';
import { refId } from './codes.js';
import type { Dice } from './dice.js';
import { toFirstName, toLastName, toPlaceName } from './words.js';

/** Parts that cases and contacts have in common, as Go.Data answers them (godata FACTS §4). */

export function toName(dice: Dice) {
  return { firstName: toFirstName(dice), lastName: toLastName(dice) };
}

/**
 * The current address of a person, with the location at which the person is counted and a telephone
 * number of no country.
 */
export function toAddress(locationId: string, dice: Dice) {
  return {
    typeId: refId('ADDRESS_TYPE', 'USUAL_PLACE_OF_RESIDENCE'),
    city: '',
    addressLine1: `${dice.between(1, 240)} ${toPlaceName(dice)} Road`,
    postalCode: '',
    locationId,
    geoLocationAccurate: false,
    geoLocation: { lat: degrees(1.5, dice), lng: degrees(-2.5, dice) },
    phoneNumber: `+999 ${dice.between(100_000_000, 999_999_999)}`,
  };
}

export function toDocuments(number: number, dice: Dice) {
  const external = { type: refId('DOCUMENT_TYPE', 'EXTERNAL_ID'), number: `EXT-${number + 1}` };
  if (!dice.chance(0.25)) return [external];
  const card = `OD${dice.between(10_000_000, 99_999_999)}`;
  return [external, { type: refId('DOCUMENT_TYPE', 'NATIONAL_ID_CARD'), number: card }];
}

export function toVaccines(date: string, dice: Dice) {
  return dice.chance(0.15)
    ? [
        {
          vaccine: refId('VACCINE', 'DEMONSTRATION_VACCINE'),
          date,
          status: refId('VACCINE_STATUS', 'VACCINATED'),
        },
      ]
    : [];
}

/** When the record was entered; days are counted from today. */
export function toStamps(
  created: number,
  deletedOn: number | undefined,
  dice: Dice,
  calendar: Calendar,
) {
  const minute = dice.between(360, 900);
  const updated = deletedOn ?? created + dice.between(0, 6);
  return {
    createdAt: calendar.instant(created, minute),
    updatedAt: calendar.instant(updated, minute + dice.between(1, 240)),
  };
}

function degrees(middle: number, dice: Dice): number {
  return Math.round((middle + dice.next() - 0.5) * 1e6) / 1e6;
}
