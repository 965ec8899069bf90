import type { AggregateReport } from '#common/handover/aggregate-report.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import type { Dhis2Client } from '../../client/client.js';
import {
  type CategoryCombo,
  type DataElement,
  type DataSet,
  findNamed,
  isUid,
} from '../../client/metadata/metadata.js';
import { matchOptionCombo } from './option-combos.js';

/** A data element of the report with its metadata on the server. */
export interface TargetElement {
  element: DataElement;
  /**
   * For each combo of the report, the ids of its category option combos; several if the server has
   * duplicates.
   */
  combos: string[][];
}

/** Value types that accept every count, zero included. */
const COUNTABLE = new Set(['INTEGER', 'INTEGER_ZERO_OR_POSITIVE', 'NUMBER']);
const ELEMENT_FIELDS = 'id,code,name,valueType,aggregationType,zeroIsSignificant,categoryCombo[id]';

/** A data element that was found, its category combo in this data set, and its index in the report. */
export interface FoundElement {
  element: DataElement;
  comboId: string;
  index: number;
}

/** Finds the report's data elements. Those outside the data set are looked up too, to explain the problem. */
export async function findElements(
  client: Dhis2Client,
  { elements, dataSet: dataSetWord }: AggregateReport,
  dataSet: DataSet | undefined,
  problems: Problem[],
): Promise<FoundElement[]> {
  const members = dataSet?.dataSetElements ?? [];
  const inSet = elements.map(({ dataElement }) =>
    findNamed(
      dataElement,
      members.map(member => member.dataElement),
    ),
  );
  const strangers = elements
    .filter((_, i) => typeof inSet[i] !== 'object')
    .map(({ dataElement }) => dataElement);
  const elsewhere = await lookUpElements(client, strangers);
  const wordOf = new Map<string, string>();
  return elements.flatMap(({ dataElement: word }, index) => {
    const inside = inSet[index]!;
    const element = typeof inside === 'object' ? inside : findNamed(word, elsewhere);
    if (typeof element !== 'object') {
      problems.push({
        code: 'UNKNOWN_DATA_ELEMENT',
        message: `The account can see no data element with the id or code "${word}".`,
      });
      return [];
    }
    if (wordOf.has(element.id)) {
      problems.push({
        code: 'DUPLICATE_DATA_ELEMENT',
        message: `"${wordOf.get(element.id)}" and "${word}" are the same data element. Use one of them.`,
      });
    }
    wordOf.set(element.id, word);
    if (inside !== element && dataSet) {
      problems.push({
        code: 'DATA_ELEMENT_NOT_IN_DATA_SET',
        message: `The data element "${word}" is not in the data set "${dataSetWord}".`,
      });
    }
    if (!COUNTABLE.has(element.valueType)) {
      problems.push({
        code: 'NOT_A_COUNT',
        message: `The data element "${word}" has the value type ${element.valueType}, which does not accept every count and zero.`,
      });
    }
    // In a data set a data element may have another category combo than its own (dhis2 FACTS §5).
    const override = members.find(member => member.dataElement.id === element.id)?.categoryCombo
      ?.id;
    return [{ element, comboId: override ?? element.categoryCombo.id, index }];
  });
}

async function lookUpElements(client: Dhis2Client, words: string[]): Promise<DataElement[]> {
  if (words.length === 0) return [];
  const { dataElements = [] } = await client.get<{ dataElements?: DataElement[] }>(
    '/dataElements',
    {
      filter: words.flatMap(word => [...(isUid(word) ? [`id:eq:${word}`] : []), `code:eq:${word}`]),
      rootJunction: 'OR',
      fields: ELEMENT_FIELDS,
      paging: false,
    },
  );
  return dataElements;
}

/** Finds the report's category option combos. Adds a problem for each that cannot be found. */
export function resolveElements(
  { elements }: AggregateReport,
  found: FoundElement[],
  combos: Map<string, CategoryCombo>,
  problems: Problem[],
): TargetElement[] {
  return found.map(({ element, comboId, index }) => {
    const { dataElement, combos: lists } = elements[index]!;
    const combo = combos.get(comboId);
    if (!combo) {
      problems.push({
        code: 'UNKNOWN_CATEGORY_COMBO',
        message: `The account cannot see the category combo of "${dataElement}".`,
      });
      return { element, combos: [] };
    }
    return {
      element,
      combos: lists.map(options => {
        const match = matchOptionCombo(combo, options, `Data element "${dataElement}"`);
        if ('ids' in match) return match.ids;
        problems.push(...match.problems);
        return [];
      }),
    };
  });
}
