import {
  type AggregateDraft,
  type DimensionDraft,
  hasOneChoice,
  type ValueDraft,
} from '../aggregate/draft-aggregate.js';
import type { Category, Labelled } from '../servers/model.js';
import { keyOfObject, quote, remark } from './names.js';

const describe = ({ name, code }: Labelled) =>
  `"${remark(name)}"${code ? ` (${remark(code)})` : ''}`;

/** The mapping of counts as the text of a job. */
export function printAggregate({ dataSet, values, doubts, leaveOut }: AggregateDraft): string {
  const tables = new Map<string, string>();
  const tableOf = (dimension: DimensionDraft) => {
    const lines = dimension.codes.map(
      ({ code, option }) => `  ${keyOfObject(code)}: ${quote(option.id)}, // ${describe(option)}`,
    );
    const text = ['{', ...lines, '}'].join('\n');
    const known = tables.get(text);
    if (known) return known;
    const taken = [...tables.values()].filter(name => name.startsWith(dimension.dimension)).length;
    const name = taken === 0 ? dimension.dimension : `${dimension.dimension}${taken + 1}`;
    tables.set(text, name);
    return name;
  };
  const entries = values.flatMap(value => [
    `    // ${describe(value.element)}: ${value.how}`,
    ...printValue(value, tableOf),
  ]);
  const unsure = doubts.flatMap(({ element, why, value }) => [
    `    // ${describe(element)}: ${remark(why)}`,
    ...(value
      ? printValue(value, tableOf).map(line => line.replace('    ', '    // '))
      : [`    // { dataElement: ${quote(element.id)} },`]),
  ]);
  return [
    '// @ts-check',
    '// Which counts make which data values of DHIS2. A draft: read it, and correct it. The keys are on the',
    '// page jobs/cases-to-data-values/README.md of the package godata-dhis2.',
    '',
    '// Codes of Go.Data and category options of DHIS2, found by their names.',
    ...[...tables].flatMap(([text, name]) => [`const ${name} = ${text};`, '']),
    'aggregate({',
    `  dataSet: ${quote(dataSet.id)}, // ${describe(dataSet)}`,
    '  // How a Go.Data location becomes an org unit: by its id, else by a code among its identifiers.',
    "  orgUnits: { by: ['id', 'code'] },",
    ...printAttributeOptions(dataSet.categories),
    ...(leaveOut.length > 0
      ? [`  leaveOut: { classification: [${leaveOut.map(quote).join(', ')}] },`]
      : []),
    '  dataValues: [',
    ...entries,
    ...(unsure.length > 0
      ? ['    // Unsure: choose, say which cases count, and remove the two slashes.', ...unsure]
      : []),
    '  ],',
    '});',
    '',
  ].join('\n');
}

/** A category with one option leaves no choice. */
function printAttributeOptions(categories: readonly Category[]): string[] {
  if (categories.length === 0) return [];
  const first = categories.map(({ options }) => options[0]);
  const list = `attributeOptions: [${first.map(option => quote(option?.id ?? '')).join(', ')}],`;
  if (hasOneChoice(categories))
    return [`  ${list} // ${first.map(one => describe(one!)).join(', ')}`];
  return [
    '  // Unsure: choose an option of each category of the data set, and remove the two slashes.',
    ...categories.map(
      ({ name, options }) =>
        `  // "${remark(name)}": ${options.map(one => `${quote(one.id)} ${describe(one)}`).join(', ')}`,
    ),
    `  // ${list}`,
  ];
}

function printValue(
  { element, where, dimensions }: ValueDraft,
  tableOf: (dimension: DimensionDraft) => string,
): string[] {
  const conditions = Object.entries(where).map(([dimension, codes]) => {
    const list = [codes].flat().map(quote);
    return `${dimension}: ${list.length === 1 ? list[0] : `[${list.join(', ')}]`}`;
  });
  const options = dimensions.map(one => {
    const table = tableOf(one);
    return table === one.dimension ? table : `${one.dimension}: ${table}`;
  });
  return [
    '    {',
    `      dataElement: ${quote(element.id)},`,
    ...(conditions.length > 0 ? [`      where: { ${conditions.join(', ')} },`] : []),
    ...(options.length > 0 ? [`      categoryOptions: { ${options.join(', ')} },`] : []),
    '    },',
  ];
}
