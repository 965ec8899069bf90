import { put } from '#common/collections/own.js';
import { badMapping } from '../bad-mapping.js';
import { readDay, readFlag, readObject, readOrgUnit, readText, wrongType } from './read-value.js';
import { omitField, type Reading, type ReadValue } from './reading.js';

const USUAL_PLACE_OF_RESIDENCE =
  'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE';
export const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

type Member = Record<string, unknown>;

/**
 * Reads the addresses. The mapping may give one: the usual place of residence, of which Go.Data
 * requires exactly one (godata FACTS §5.4). Users of Go.Data add addresses of other types.
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
      `must give only one usual place of residence for ${path}`,
      'Users of Go.Data add addresses of other types. typeId may be omitted.',
    );
  }
  return addresses.map(address => ({ ...address, typeId: USUAL_PLACE_OF_RESIDENCE }));
};

/** Reads documents. Two documents with the same external id are one. */
export const readDocuments: ReadValue = (value, path, reading) => {
  const documents = readMembers(value, path, reading, { type: readText, number: readText });
  const known = new Map<string, Member>();
  for (const document of documents.filter(({ number }) => (number ?? null) !== null)) {
    const { type, number } = document;
    if ((type ?? null) === null) throw badMapping(`gives a member of ${path} without a type`);
    const key = type === EXTERNAL_ID ? `${type} ${number}` : String(type);
    if (known.has(key) && type !== EXTERNAL_ID) {
      throw badMapping(`gives two ${path} of the type ${type}; there can be only one of each type`);
    }
    known.set(key, document);
  }
  return [...known.values()];
};

/** Reads date ranges. Each gets the mark of its event, by which later runs find it. */
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
    if ((stay.typeId ?? null) === null)
      throw badMapping(`gives a member of ${path} without a typeId`);
    const key = `${stay.typeId} ${event}`;
    if (known.has(key)) {
      throw badMapping(`gives two ${path} of the type ${stay.typeId} from one event`);
    }
    known.add(key);
    return { ...stay, comments: `DHIS2 ${event}` };
  });
};

/** Reads vaccines, one entry for each. Later runs find the entry by the id of the vaccine. */
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
        `gives the vaccine ${vaccine}, which is not in the option vaccines`,
        'List all vaccines that the mapping can give. Other vaccines count as added by users of Go.Data.',
      );
    }
    if (known.has(vaccine)) reading.ledger.add('vaccine-twice', vaccine);
    known.set(vaccine, dose);
  }
  return [...known.values()];
};

/**
 * Reads answers in Go.Data's form: each is a list of `{ value }` (godata FACTS §4). Empty answers
 * are omitted.
 */
export const readAnswers: ReadValue = (value, path) => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wrongType(path, 'an object of variables and answers', value);
  }
  const answers: Record<string, { value: unknown }[]> = {};
  for (const [variable, answer] of Object.entries(value)) {
    put(answers, variable, toAnswer(answer, path, variable));
  }
  return answers;
};

/** Reads the data of a sequenced sample. */
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

/** Reads a list of objects. Omits members that are null, undefined or false. */
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
        Object.entries(readObject(member, path, known))
          .map(([key, given]) => [key, readers[key]!(given, `${path}.${key}`, reading)] as const)
          .filter(([, read]) => read !== undefined),
      ),
    );
}

function readEventId(event: unknown, path: string): string {
  const { id } = (event ?? {}) as { id?: unknown };
  if (typeof id === 'string' && id !== '') return id;
  throw wrongType(path, 'the event of the stay', event);
}

function readPoint(value: unknown, path: string, reading: Reading): unknown {
  if (value === undefined || value === null) return null;
  const { lat, lng } = readObject(value, path, ['lat', 'lng']);
  if (isWithin(lat, 90) && isWithin(lng, 180)) return { lat, lng };
  return omitField(reading, { code: 'INVALID_COORDINATES', field: path });
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function toAnswer(answer: unknown, path: string, variable: string): { value: unknown }[] {
  if (answer === undefined || answer === null || answer === '') return [];
  const choices = Array.isArray(answer) ? answer : [answer];
  if (!choices.every(isChoice)) {
    const what = 'a text, a number, true, false, or a list of them';
    throw wrongType(`${path}.${variable}`, what, answer);
  }
  return choices.length === 0 ? [] : [{ value: answer }];
}

function isChoice(value: unknown): boolean {
  return ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}
