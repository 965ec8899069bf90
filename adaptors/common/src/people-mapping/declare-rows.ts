import { REFERENCE_PREFIX } from '../operations/reference-ids.js';
import type { DeclaredCodes, DeclaredPlace, DeclaredRow } from '../reporting/declared-row.js';
import type { Codes } from './codes.js';
import { nameOf, type Part, partsOf } from './parts.js';
import type { PeopleMapping } from './people-mapping.js';
import type { Place } from './places.js';
import type { Row } from './rows.js';

/**
 * The rows of a mapping of people for a host that shows them; of a row of answers, one for each
 * variable.
 */
export function declareRows(mapping: PeopleMapping): DeclaredRow[] {
  return partsOf(mapping).flatMap(part => part.rows.flatMap(row => declareRow(part, row)));
}

function declareRow(part: Part, row: Row): DeclaredRow[] {
  const { field, places, answers, answerCodes = {}, codes } = row;
  const shared = {
    part: part.name,
    programs: [...part.programs],
    owner: row.owner,
    direction: row.direction,
    ...(row.toGoData || row.toDhis2 ? { isComputed: true as const } : {}),
    origin: row,
  };
  if (!answers) {
    const type = part.fields[field];
    return [
      {
        ...shared,
        name: nameOf(part, row),
        field,
        ...(typeof type === 'string' ? { fieldType: type } : {}),
        places: places.map(toPlace),
        codes: codes ? [toCodes(codes)] : [],
      },
    ];
  }
  return Object.entries(answers).map(([variable, place]) => ({
    ...shared,
    name: nameOf(part, row, variable),
    field: `${field}.${variable}`,
    fieldType: 'answer',
    places: [toPlace(place)],
    codes: answerCodes[variable] ? [toCodes(answerCodes[variable])] : [],
  }));
}

function toPlace(place: Place): DeclaredPlace {
  if (place.kind === 'element') {
    return { kind: place.kind, ref: place.ref, stages: place.stages.map(({ ref }) => ref) };
  }
  return place.kind === 'attribute' ? { kind: place.kind, ref: place.ref } : { kind: place.kind };
}

/** Items without the beginning that all have. */
function toCodes({ category, ids }: Codes): DeclaredCodes {
  const short = (item: string | null) =>
    item?.startsWith(REFERENCE_PREFIX) ? item.slice(REFERENCE_PREFIX.length) : item;
  return { category, pairs: Object.entries(ids).map(([code, item]) => [code, short(item)]) };
}
