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

/** A data element of the report as the server knows it. */
export interface TargetElement {
  element: DataElement;
  /** For each combo of the report: ids of its category option combos, more than one if the server has duplicates. */
  combos: string[][];
}

/** Value types that hold every count, zero included. */
const COUNTABLE = new Set(['INTEGER', 'INTEGER_ZERO_OR_POSITIVE', 'NUMBER']);
const ELEMENT_FIELDS = 'id,code,name,valueType,aggregationType,zeroIsSignificant,categoryCombo[id]';

/** A data element that was found, its category combo in this data set, and its place in the report. */
export interface FoundElement {
  element: DataElement;
  comboId: string;
  index: number;
}

/** The report's data elements; those that the data set lacks are looked up, to say what they are. */
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
        message: `No data element that the account may see has the id or code "${word}".`,
      });
      return [];
    }
    if (wordOf.has(element.id)) {
      problems.push({
        code: 'DUPLICATE_DATA_ELEMENT',
        message: `"${wordOf.get(element.id)}" and "${word}" are the same data element; use one word for it.`,
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
        message: `The data element "${word}" holds ${element.valueType}, which does not take every count and zero.`,
      });
    }
    // A data set may give a data element another category combo than its own (dhis2 FACTS §5).
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

/** Finds the report's category option combos; what cannot be found is added to the problems. */
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
        message: `The category combo of "${dataElement}" is not visible to the account.`,
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
