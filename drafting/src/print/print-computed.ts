import type { ComputedDraft, StayDraft } from '../people/computed/computed.js';
import type { FieldPlace } from '../people/place.js';
import { quote } from './names.js';
import { describe, printPlace } from './print-place.js';
import type { RowNames } from './row-names.js';

const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_';
const idOf = (category: string, item: string) => quote(`${CATEGORY}${category}_${item}`);
const VISIT = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_';

/** Computed rows as lines of a list, each below a comment that says how it was found. */
export function printComputed(rows: readonly ComputedDraft[], names: RowNames): string[] {
  return rows.flatMap(row => {
    const found = row.places.map(describe).join(', ');
    return [`  // ${found ? `${found}: ` : ''}${row.how}`, ...printOne(row, names)];
  });
}

function printOne(row: ComputedDraft, names: RowNames): string[] {
  const isBoth = row.direction === undefined;
  const places = row.places.map(place => printPlace(place, [], names)).join(', ');
  switch (row.kind) {
    case 'pregnancy': {
      const [own, trimesters] = [names.codes(row.codes), names.codes(row.trimesters)];
      return [
        `  row('pregnancyStatus', [${places}], {`,
        '    toGoData: ([pregnant, trimester], { code }) =>',
        `      pregnant === ${quote(row.yes)} && trimester ? code(${trimesters}, trimester) : code(${own}, pregnant),`,
        ...(isBoth
          ? [
              '    toDhis2: (status, { code }) =>',
              `      Object.values(${trimesters}.ids).includes(status)`,
              `        ? [${quote(row.yes)}, code(${trimesters}, status)]`,
              `        : [code(${own}, status), undefined],`,
            ]
          : []),
        '  }),',
      ];
    }
    case 'vaccine': {
      const index = (place: FieldPlace | undefined) => place && row.places.indexOf(place);
      const value = (n: number | undefined) => (n === undefined ? undefined : `values[${n}]`);
      const [doses, on] = [value(index(row.doses)), value(index(row.on))];
      const none = `[${row.none.map(quote).join(', ')}]`;
      // Of doses that are never none, every one is a vaccination.
      const status =
        doses && row.none.length > 0
          ? `${none}.includes(${doses} ?? '') ? ${idOf('VACCINE_STATUS', 'NOT_VACCINATED')} : ${idOf('VACCINE_STATUS', 'VACCINATED')}`
          : idOf('VACCINE_STATUS', 'VACCINATED');
      return [
        `  row('vaccinesReceived', [${places}], {`,
        '    toGoData: (values, { code }) => [',
        '      {',
        `        vaccine: code(${names.codes(row.codes)}, values[0]),`,
        ...(on ? [`        date: ${on},`] : []),
        `        status: ${status},`,
        '      },',
        '    ],',
        '  }),',
      ];
    }
    case 'stays':
      return [
        "  row('dateRanges', {",
        "    owner: 'dhis2',",
        '    toGoData: (_, { person }) =>',
        '      person.enrollments.flatMap(enrollment => [',
        ...row.stays.flatMap(stay => printStay(stay, names)),
        '      ]),',
        '  }),',
      ];
    case 'outcome-day': {
      const isDead = `=== ${idOf('OUTCOME', 'DECEASED')}`;
      const list = row.recovered ? '[died, recovered]' : '[died]';
      const none = row.recovered ? '[undefined, outcome && day]' : '[undefined]';
      return [
        '  // Which day it is says the outcome, whose row must stand above.',
        `  row('dateOfOutcome', [${places}], {`,
        `    toGoData: (${list}, { fields }) => (fields.outcomeId ${isDead} ? died : ${row.recovered ? 'fields.outcomeId && recovered' : 'undefined'}),`,
        ...(isBoth
          ? [
              '    toDhis2: (_, { record }) => {',
              "      const [outcome, day] = [record.value('outcomeId'), record.day('dateOfOutcome')];",
              `      return outcome ${isDead} ? [day${row.recovered ? ', undefined' : ''}] : ${none};`,
              '    },',
            ]
          : []),
        '  }),',
      ];
    }
    case 'visit':
      return [
        `  row('statusId', ${places}, {`,
        '    toDhis2: status =>',
        '      ({',
        `        ${VISIT}SEEN_OK: ${quote(row.yes)},`,
        `        ${VISIT}SEEN_NOT_OK: ${quote(row.yes)},`,
        `        ${VISIT}MISSED: ${quote(row.no)},`,
        '      })[status],',
        '  }),',
      ];
    case 'lab-status':
      return [
        "  row('status', {",
        '    toGoData: (_, { fields }) =>',
        `      fields.result ? ${idOf('LAB_TEST_RESULT_STATUS', 'COMPLETED')} : ${idOf('LAB_TEST_RESULT_STATUS', 'IN_PROGRESS')},`,
        '  }),',
      ];
  }
}

/** The stays of one kind, one for each event that tells of it. */
function printStay({ item, told, from, to, at }: StayDraft, names: RowNames): string[] {
  const stage = (told?.place ?? from)!.stage!;
  const value = (place: FieldPlace) => `event.value(${quote(place.field.id)})`;
  const end =
    to &&
    (to.stage === stage
      ? value(to)
      : `enrollment.latest(${names.stage(to.stage!)}.ref, ${quote(to.field.id)})`);
  const condition = told ? `${value(told.place)} === ${quote(told.yes)}` : `${value(from!)}`;
  return [
    `        ...enrollment.events(${names.stage(stage)}.ref).map(`,
    '          event =>',
    `            ${condition} && {`,
    '              event,',
    `              typeId: ${idOf('PERSON_DATE_TYPE', item)},`,
    ...(from ? [`              startDate: ${value(from)},`] : []),
    ...(end ? [`              endDate: ${end},`] : []),
    ...(at ? [`              locationId: ${value(at)},`] : []),
    '            },',
    '        ),',
  ];
}
