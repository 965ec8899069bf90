import type { KindDraft, ListDraft, PeopleDraft, RecordsDraft } from '../people/draft.js';
import type { ProgramStage } from '../servers/model.js';
import { quote, remark } from './names.js';
import { printClassification } from './print-classification.js';
import { printCodes } from './print-codes.js';
import { printList, printUnmatched } from './print-rows.js';
import { createRowNames, type RowNames, toComment } from './row-names.js';

const HEAD = [
  '// @ts-check',
  '// What a tracked entity of DHIS2 is in Go.Data, and a person of Go.Data in DHIS2: one row for each',
  '// fact, read both ways. A draft: each row says how it was found. Read it, and correct it. The forms',
  '// of rows are on the page jobs/people/README.md of the package godata-dhis2.',
];

/** Fields of Go.Data that give the day of an event, where they have one. */
const DAYS = {
  result: ['dateOfResult', 'dateTesting', 'dateSampleDelivered', 'dateSampleTaken', 'createdAt'],
  request: ['dateSampleTaken', 'dateSampleDelivered'],
  outcome: ['dateOfOutcome', 'dateOfReporting'],
  followUp: ['date'],
};

/** Visits that took place: planned ones are omitted. */
const VISITED = ['SEEN_OK', 'SEEN_NOT_OK', 'MISSED'];

/** The mapping of people as the text of a job. */
export function printPeople(draft: PeopleDraft): string {
  const { names, stages, tables } = createRowNames();
  const lists = printLists(draft, names);
  const call = printCall(draft, names);
  const asUsed = (isUsed: boolean, lines: string[]) => (isUsed ? lines : toComment(lines));
  return [
    ...HEAD,
    '',
    ...stages().flatMap(({ name, object, isUsed }) =>
      asUsed(isUsed, [printStage(object, name, draft)]),
    ),
    '',
    '// Option codes of DHIS2 and reference data of Go.Data. Null: Go.Data has no item for the code.',
    ...tables().flatMap(({ name, object, isUsed }) => [
      ...asUsed(isUsed, printCodes(name, object)),
      '',
    ]),
    ...lists,
    ...call,
    '',
  ].join('\n');
}

function printStage(stage: ProgramStage, name: string, draft: PeopleDraft): string {
  const hasOutcome = draft.case.rows.some(
    ({ field, place }) => field === 'dateOfOutcome' && 'field' in place && place.stage === stage,
  );
  const days =
    stage === draft.labResults?.result
      ? DAYS.result
      : stage === draft.labResults?.request
        ? DAYS.request
        : stage === draft.followUps?.stage
          ? DAYS.followUp
          : hasOutcome
            ? DAYS.outcome
            : [];
  const options = days.length > 0 ? `, { occurredAt: [${days.map(quote).join(', ')}] }` : '';
  return `const ${name} = stage(${quote(stage.id)}${options}); // "${remark(stage.name)}"`;
}

function printLists(draft: PeopleDraft, names: RowNames): string[] {
  const { case: cases, contact, relationship, labResults, followUps } = draft;
  const kind = (name: string, list: KindDraft) => [
    ...printList(name, list, names, name === 'cases' ? printClassification(draft, names) : []),
    ...printUnmatched(list.unmatched).map(line => line.trim()),
    '',
  ];
  const other = (name: string, list: ListDraft | undefined, rest: readonly string[] = []) =>
    list ? [...printList(name, list, names, rest), ''] : [];
  const records = (name: string, own: RecordsDraft | undefined) =>
    own && own.missing.length > 0
      ? [...toComment(printList(name, own.list, names.quiet)), '']
      : other(name, own?.list);
  const certainty = relationship?.certainty;
  return [
    ...kind('cases', cases),
    ...(contact ? kind('contacts', contact) : []),
    ...other('exposures', relationship?.list, [
      ...(relationship?.list.rows.some(({ field }) => field === 'contactDate')
        ? []
        : [
            '  // No data element is the day of contact: the day on which DHIS2 was told.',
            "  row('contactDate', {",
            '    toGoData: (_, { relationship, person }) => relationship.createdAt ?? person?.enrolledAt,',
            '  }),',
          ]),
      ...(certainty && !relationship.list.rows.some(({ field }) => field === 'certaintyLevelId')
        ? [
            '  // Older versions of Go.Data need one, and no data element says it.',
            `  row('certaintyLevelId', { toGoData: () => 'LNG_REFERENCE_DATA_CATEGORY_CERTAINTY_LEVEL_${certainty}' }),`,
          ]
        : []),
    ]),
    ...records('results', labResults),
    ...records('visits', followUps),
  ];
}

function printCall(
  { case: cases, contact, relationship, labResults, followUps, required }: PeopleDraft,
  names: RowNames,
): string[] {
  const program = ({ program: { id, name } }: KindDraft, rows: string) =>
    `{ program: ${quote(id)}, rows: ${rows} }, // "${remark(name)}"`;
  const visited = VISITED.map(
    status => `'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_${status}'`,
  );
  return [
    ...(followUps
      ? [
          '// Visits that took place; those that are only planned are omitted.',
          `${followUps.missing.length > 0 ? '// ' : ''}const visited = [${visited.join(', ')}];`,
          '',
        ]
      : []),
    'mapPeople({',
    `  case: ${program(cases, 'cases')}`,
    ...(contact ? [`  contact: ${program(contact, 'contacts')}`] : []),
    ...(relationship
      ? [
          `  // "${remark(relationship.type.name)}": between a case and a contact, the case exposed the other.`,
          `  relationship: { type: ${quote(relationship.type.id)}, source: 'from', rows: exposures },`,
        ]
      : contact
        ? [
            '  // No relationship type is the only one between both: relationship: { type, source, rows }.',
          ]
        : []),
    ...printRecords(
      labResults,
      ({ result, request }, { stage }) =>
        [
          `labResults: { result: ${stage(result)}, `,
          ...(request ? [`request: ${stage(request)}, `] : []),
          'rows: results },',
        ].join(''),
      names,
    ),
    ...printRecords(
      followUps,
      ({ stage }, { stage: nameOf }) =>
        `followUps: { stage: ${nameOf(stage)}, when: visit => visited.includes(visit.statusId), rows: visits },`,
      names,
    ),
    `  required: [${required.map(quote).join(', ')}],`,
    ...printVaccines(cases, names),
    '  // Never to be changed: ids in DHIS2 are made of it. Another Go.Data needs another name.',
    "  server: 'godata',",
    "  whenDeleted: { inDhis2: 'leave', inGoData: 'leave' },",
    '});',
  ];
}

/** The table of vaccines: by it, items that options-to-reference-data made are found. */
function printVaccines({ computed }: KindDraft, names: RowNames): string[] {
  return computed.flatMap(one =>
    one.kind === 'vaccine' ? [`  vaccines: ${names.codes(one.codes)},`] : [],
  );
}

/** A part of records; as a comment if DHIS2 would refuse all their events. */
function printRecords<T extends RecordsDraft>(
  draft: T | undefined,
  print: (draft: T, names: RowNames) => string,
  names: RowNames,
): string[] {
  if (!draft) return [];
  const [missing] = draft.missing;
  if (!missing) return [`  ${print(draft, names)}`];
  return [
    `  // Left out: each event needs "${remark(missing.name)}" (${missing.id}), and no row is sure to give it.`,
    `  // ${print(draft, names.quiet)}`,
  ];
}
