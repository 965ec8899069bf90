import { badMapping } from '../bad-mapping.js';
import { readDay, readFlag, readObject, readOrgUnit, readText, wrongType } from './read-value.js';
import type { Reading, ReadValue } from './reading.js';

const USUAL_PLACE_OF_RESIDENCE =
  'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';
export const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

type Member = Record<string, unknown>;

/**
 * The usual place of residence, of which Go.Data wants exactly one (godata FACTS §5.4). Addresses of
 * other types are what people add.
 */
export const readAddresses: ReadValue = (value, path, reading) => {
  const addresses = readMembers(value, path, reading, {
    typeId: readText,
    locationId: readOrgUnit,
    addressLine1: readText,
    city: readText,
    postalCode: readText,
    country: readText,
    phoneNumber: readText,
    emailAddress: readText,
    geoLocation: readPoint,
    geoLocationAccurate: readFlag,
    date: readDay,
  });
  const isUsual = ({ typeId }: Member) => (typeId ?? null) === null;
  const others = addresses.filter(one => !isUsual(one) && one.typeId !== USUAL_PLACE_OF_RESIDENCE);
  if (others.length > 0 || addresses.length > 1) {
    throw badMapping(
      `gives more for ${path} than one usual place of residence`,
      'Addresses of other types are left to those who add them in Go.Data; typeId may be left out.',
    );
  }
  return addresses.map(address => ({ ...address, typeId: USUAL_PLACE_OF_RESIDENCE }));
};

/** Documents with a number. The same external id twice is one. */
export const readDocuments: ReadValue = (value, path, reading) => {
  const documents = readMembers(value, path, reading, { type: readText, number: readText });
  const known = new Map<string, Member>();
  for (const document of documents.filter(({ number }) => (number ?? null) !== null)) {
    const { type, number } = document;
    if ((type ?? null) === null) throw badMapping(`gives a member of ${path} no type`);
    const key = type === EXTERNAL_ID ? `${type} ${number}` : String(type);
    if (known.has(key) && type !== EXTERNAL_ID) {
      throw badMapping(
        `gives two ${path} of the type ${type}, which cannot be told from each other`,
      );
    }
    known.set(key, document);
  }
  return [...known.values()];
};

/** Stays, each with the mark of the event that it comes from: by that a later run finds it again. */
export const readDateRanges: ReadValue = (value, path, reading) => {
  const stays = readMembers(value, path, reading, {
    event: readEventId,
    typeId: readText,
    startDate: readDay,
    endDate: readDay,
    locationId: readOrgUnit,
    centerName: readText,
  });
  const known = new Set<string>();
  return stays.map(({ event, ...stay }) => {
    if ((stay.typeId ?? null) === null) throw badMapping(`gives a member of ${path} no typeId`);
    const key = `${stay.typeId} ${event}`;
    if (known.has(key)) {
      throw badMapping(`gives two ${path} of the type ${stay.typeId} from one event`);
    }
    known.add(key);
    return { ...stay, comments: `DHIS2 ${event}` };
  });
};

/** Vaccines, one entry each: by its id a later run finds it again. */
export const readVaccines: ReadValue = (value, path, reading) => {
  const doses = readMembers(value, path, reading, {
    vaccine: readText,
    date: readDay,
    status: readText,
  });
  const known = new Map<unknown, Member>();
  for (const dose of doses.filter(({ vaccine }) => (vaccine ?? null) !== null)) {
    const vaccine = String(dose.vaccine);
    if (!reading.vaccines.includes(vaccine)) {
      throw badMapping(
        `gives the vaccine ${vaccine}, which the option vaccines does not list`,
        'List all vaccines that the mapping can give: the others are what people added.',
      );
    }
    if (known.has(vaccine)) reading.ledger.add('vaccine-twice', vaccine);
    known.set(vaccine, dose);
  }
  return [...known.values()];
};

/** Answers as Go.Data keeps them, each a list of `{ value }` (godata FACTS §4); an empty one is none. */
export const readAnswers: ReadValue = (value, path) => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wrongType(path, 'an object of variables and answers', value);
  }
  return Object.fromEntries(
    Object.entries(value).map(([variable, answer]) => [
      variable,
      toAnswer(answer, `${path}.${variable}`),
    ]),
  );
};

/** What is known of a sequenced sample. */
export const readSequence: ReadValue = (value, path, reading) => {
  if (value === undefined || value === null) return null;
  return readMembers([value], path, reading, {
    hasSequence: readFlag,
    noSequenceReason: readText,
    dateSampleSent: readDay,
    labId: readText,
    dateResult: readDay,
    resultId: readText,
  })[0];
};

/** Reads a list of objects; members that are null, undefined or false are omitted. */
function readMembers(
  value: unknown,
  path: string,
  reading: Reading,
  readers: Readonly<Record<string, ReadValue>>,
): Member[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(path, 'a list', value);
  const known = Object.keys(readers);
  return value
    .filter(member => member !== undefined && member !== null && member !== false)
    .map(member =>
      Object.fromEntries(
        Object.entries(readObject(member, path, known)).map(([key, given]) => [
          key,
          readers[key]!(given, `${path}.${key}`, reading),
        ]),
      ),
    );
}

function readEventId(event: unknown, path: string): string {
  const { id } = (event ?? {}) as { id?: unknown };
  if (typeof id === 'string' && id !== '') return id;
  throw wrongType(path, 'the event that it comes from', event);
}

function readPoint(value: unknown, path: string, reading: Reading): unknown {
  if (value === undefined || value === null) return null;
  const { lat, lng } = readObject(value, path, ['lat', 'lng']);
  if (isWithin(lat, 90) && isWithin(lng, 180)) return { lat, lng };
  reading.faults.push({ code: 'INVALID_COORDINATES', field: path });
  return null;
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function toAnswer(answer: unknown, path: string): { value: unknown }[] {
  if (answer === undefined || answer === null || answer === '') return [];
  const choices = Array.isArray(answer) ? answer : [answer];
  if (!choices.every(isChoice)) {
    throw wrongType(path, 'a text, a number, true, false, or a list of them', answer);
  }
  return choices.length === 0 ? [] : [{ value: answer }];
}

function isChoice(value: unknown): boolean {
  return ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}
