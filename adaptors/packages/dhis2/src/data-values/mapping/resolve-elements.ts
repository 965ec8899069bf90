import type { AggregateReport } from '#common/handover/aggregate-report.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { type Choice, chooseNamed, listCandidates, listNearest } from '#common/reporting/named.js';
import type { Dhis2Client } from '../../client/client.js';
import type { CategoryCombo, DataElement, DataSet } from '../../client/metadata/metadata.js';
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

/**
 * Finds the report's data elements by id, code or exact name. Those outside the data set are looked
 * up too, to explain the problem.
 */
export async function findElements(
  client: Dhis2Client,
  { elements }: AggregateReport,
  dataSet: DataSet | undefined,
  problems: Problem[],
): Promise<FoundElement[]> {
  const members = dataSet?.dataSetElements ?? [];
  const inside = members.map(({ dataElement }) => dataElement);
  const choices = elements.map(({ dataElement }) => chooseNamed(dataElement, inside));
  // Only a mapping with a mistake needs the data elements outside the data set.
  const isComplete = choices.every(({ found, candidates }) => found || candidates.length > 0);
  const all = isComplete ? [] : await listElements(client);
  const wordOf = new Map<string, string>();
  return elements.flatMap(({ dataElement: word }, index) => {
    const choice = firstChoice(choices[index]!, () => chooseNamed(word, all));
    const element = choice.found;
    if (!element) {
      problems.push(notOne(word, choice, dataSet, inside.length > 0 ? inside : all));
      return [];
    }
    if (wordOf.has(element.id)) {
      problems.push({
        code: 'DUPLICATE_DATA_ELEMENT',
        message: `"${wordOf.get(element.id)}" and "${word}" are the same data element. Use one of them.`,
      });
    }
    wordOf.set(element.id, word);
    if (!choices[index]!.found && dataSet) {
      problems.push({
        code: 'DATA_ELEMENT_NOT_IN_DATA_SET',
        message: `The data element "${word}" is not in the data set "${dataSet.name}".`,
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

type ElementChoice = Choice<DataElement>;

function firstChoice(choice: ElementChoice, other: () => ElementChoice): ElementChoice {
  return choice.found || choice.candidates.length > 0 ? choice : other();
}

/** A word that names no data element, or several. */
function notOne(
  word: string,
  choice: ElementChoice,
  dataSet: DataSet | undefined,
  known: readonly DataElement[],
): Problem {
  if (choice.candidates.length > 0) {
    return {
      code: 'AMBIGUOUS_DATA_ELEMENT',
      message: `"${word}" names several data elements: ${listCandidates(choice.candidates)}. Use an id.`,
    };
  }
  const who = dataSet ? `The data set "${dataSet.name}" has` : 'It sees';
  return {
    code: 'UNKNOWN_DATA_ELEMENT',
    message: `The account can see no data element with the id, code or name "${word}". ${listNearest(word, known, who, 'data element')}`,
  };
}

/** All data elements that the account sees. */
function listElements(client: Dhis2Client): Promise<DataElement[]> {
  return client.list<DataElement>('/dataElements', { fields: ELEMENT_FIELDS });
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
