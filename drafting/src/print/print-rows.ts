import type { AnswerDraft, Doubt, ListDraft, RowDraft } from '../people/draft.js';
import type { FieldPlace } from '../people/place.js';
import { keyOfObject, quote, remark } from './names.js';
import { printComputed } from './print-computed.js';
import { describe, printPlace } from './print-place.js';
import type { RowNames } from './row-names.js';

function printRow(
  { field, place, otherStages = [], codes, owner, direction }: RowDraft,
  names: RowNames,
): string {
  const options = [
    ...(codes ? [`codes: ${names.codes(codes)}`] : []),
    ...(owner ? [`owner: ${quote(owner)}`] : []),
    ...(direction ? [`direction: ${quote(direction)}`] : []),
  ];
  const where = 'code' in place ? place.code : printPlace(place, otherStages, names);
  const rest = options.length > 0 ? `, { ${options.join(', ')} }` : '';
  return `row(${quote(field)}, ${where}${rest}),`;
}

/** The days of contact as one row: the first that is there, else the day of the relationship. */
function printContactDate(rows: readonly RowDraft[], names: RowNames): string[] {
  const places = rows.flatMap(({ place, otherStages = [] }) =>
    'field' in place ? [printPlace(place, otherStages, names)] : [],
  );
  const found = rows.map(({ place, how }) =>
    'field' in place ? `${describe(place)} ${how}; ` : '',
  );
  return [
    `  // ${found.join('')}else the day on which DHIS2 was told. Of several, the first counts.`,
    `  row('contactDate', [${places.join(', ')}], {`,
    '    toGoData: (days, { relationship, person }) =>',
    '      days.find(day => day !== undefined) ?? relationship.createdAt ?? person?.enrolledAt,',
    '  }),',
    `  row('contactDateEstimated', [${places.join(', ')}], {`,
    '    toGoData: days => days.every(day => day === undefined),',
    '  }),',
  ];
}

/** Rows as lines of a list, each below a comment that says how it was found. */
export function printRows(rows: readonly RowDraft[], names: RowNames): string[] {
  const days = rows.filter(({ field }) => field === 'contactDate');
  return rows
    .filter(({ field }) => field !== 'contactDate')
    .flatMap(row => {
      const name = 'field' in row.place ? `${describe(row.place)}: ` : '';
      return [`  // ${name}${row.how}`, `  ${printRow(row, names)}`];
    })
    .concat(days.length > 0 ? printContactDate(days, names) : []);
}

/** Answers as lines of a list: one table for each stage and direction. */
export function printAnswers(answers: readonly AnswerDraft[], names: RowNames): string[] {
  const tables = new Map<string, AnswerDraft[]>();
  for (const answer of answers) {
    const { place, direction = '' } = answer;
    const where = place.stage ? names.stage(place.stage) : 'attribute';
    const key = `${where};${direction}`;
    tables.set(key, [...(tables.get(key) ?? []), answer]);
  }
  return [...tables].flatMap(([key, all]) => {
    const [where, direction] = key.split(';') as [string, string];
    const lines = all.map(
      ({ variable, place, how }) =>
        `    ${keyOfObject(variable)}: ${quote(place.field.id)}, // ${describe(place)}: ${how}`,
    );
    const end = direction ? `  }, { direction: ${quote(direction)} }),` : '  }),';
    return [`  answers(${where}, {`, ...lines, end];
  });
}

/** What may be a row, as comments to choose from. */
export function printDoubts(doubts: readonly Doubt[], names: RowNames): string[] {
  if (doubts.length === 0) return [];
  const lines = doubts.flatMap(({ field, place, why }) => {
    const [name, variable] = field.split(/(?<=^questionnaireAnswers)\./) as [string, string?];
    const where = place.stage ? names.quiet.stage(place.stage) : 'attribute';
    const code =
      name === 'questionnaireAnswers' && variable
        ? `answers(${where}, { ${keyOfObject(variable)}: ${quote(place.field.id)} }),`
        : `row(${quote(field)}, ${printPlace(place, [], names.quiet)}),`;
    return [`  // ${describe(place)}: ${remark(why)}`, `  // ${code}`];
  });
  return ['  // Unsure: choose, and remove the two slashes.', ...lines];
}

/** Places for which nothing was found. */
export function printUnmatched(places: readonly FieldPlace[]): string[] {
  if (places.length === 0) return [];
  const lines = places.map(
    ({ field, stage }) =>
      `  // - ${field.id} "${remark(field.name)}", ${field.valueType}${stage ? `, of the stage "${remark(stage.name)}"` : ''}`,
  );
  return ['  // Nothing in Go.Data is like these:', ...lines];
}

/** A whole list, with its comments. */
export function printList(
  name: string,
  { rows, answers, computed, doubts }: ListDraft,
  names: RowNames,
  rest: readonly string[] = [],
): string[] {
  return [
    `const ${name} = [`,
    ...printRows(rows, names),
    ...printComputed(computed, names),
    ...printAnswers(answers, names),
    ...rest,
    ...printDoubts(doubts, names),
    '];',
  ];
}
