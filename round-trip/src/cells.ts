import type { Codes } from '#common/people-mapping/codes.js';
import { nameOf, partsOf } from '#common/people-mapping/parts.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Place, pathOf } from '#common/people-mapping/places.js';
import { goesToDhis2, goesToGoData, type Row } from '#common/people-mapping/rows.js';
import type { FieldType } from '#common/people-mapping/writable.js';

/** A row that goes both ways; of a row of answers, each variable. */
export interface Cell {
  /** `case, row lastName`. */
  name: string;
  part: 'case' | 'contact' | 'labResults';
  /** Path of the field in a record of Go.Data: `addresses.phoneNumber`. */
  field: string;
  type: FieldType | undefined;
  places: { path: string; place: Place }[];
  codes: Codes | undefined;
  /** Its values are computed, so only the functions know what Go.Data can hold. */
  isComputed: boolean;
}

/** The rows of a mapping that go both ways. Relationships and follow-ups go one way. */
export function cellsOf(mapping: PeopleMapping): Cell[] {
  return partsOf(mapping).flatMap(part => {
    const { name } = part;
    if (name !== 'case' && name !== 'contact' && name !== 'labResults') return [];
    const both = part.rows.filter(row => goesToGoData(row) && goesToDhis2(row));
    return both.flatMap((row): Cell[] => {
      if (!row.answers)
        return [
          { ...cellOf(row), name: nameOf(part, row), part: name, type: part.fields[row.field] },
        ];
      return Object.entries(row.answers).map(([variable, place]) => ({
        name: nameOf(part, row, variable),
        part: name,
        field: `questionnaireAnswers.${variable}`,
        type: 'answers' as const,
        places: [{ path: pathOf(place), place }],
        codes: row.answerCodes?.[variable],
        isComputed: false,
      }));
    });
  });
}

function cellOf({ field, places, codes, toGoData, toDhis2 }: Row) {
  return {
    field,
    places: places.map(place => ({ path: pathOf(place), place })),
    codes,
    isComputed: Boolean(toGoData && toDhis2),
  };
}
