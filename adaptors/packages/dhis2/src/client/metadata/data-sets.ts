import type { Problem } from '#common/reporting/mapping-problems.js';
import { type Choice, chooseNamed, listCandidates, listNearest } from '#common/reporting/named.js';
import type { Dhis2Client } from '../client.js';
import type { DataSet, Named } from './metadata.js';

/** The properties of a data set that are needed to write its values. */
export const FULL_DATA_SET =
  'id,code,name,periodType,openFuturePeriods,expiryDays,categoryCombo[id],' +
  'dataInputPeriods[period[id],openingDate,closingDate],' +
  'dataSetElements[categoryCombo[id],dataElement[id,code,name,valueType,aggregationType,zeroIsSignificant,categoryCombo[id]]],' +
  'organisationUnits[id],access[data[write]]';

/** The properties that show which org units report the data set. */
export const DATA_SET_PLACES = 'id,code,name,periodType,organisationUnits[id]';

/**
 * Reads the data set that a mapping names by id, code or exact name. If the account may not see it,
 * it looks as if it did not exist (dhis2 FACTS §5), so the problem lists those that it sees. By id
 * or code this is one request.
 *
 * @param fields a DHIS2 field list
 */
export async function readDataSet(
  client: Dhis2Client,
  word: string,
  fields: string,
): Promise<{ dataSet: DataSet } | { dataSet: undefined; problem: Problem }> {
  const found = chooseNamed(word, await readByWord(client, word, fields));
  if (found.found) return { dataSet: found.found };
  const all = await client.list<Named>('/dataSets', { fields: 'id,code,name' });
  const named = chooseNamed(word, all);
  if (named.found) {
    const [dataSet] = await readByWord(client, named.found.id, fields);
    if (dataSet) return { dataSet };
  }
  return { dataSet: undefined, problem: noDataSet(word, named, all) };
}

function readByWord(client: Dhis2Client, word: string, fields: string): Promise<DataSet[]> {
  return client.list<DataSet>('/dataSets', {
    filter: [`id:eq:${word}`, `code:eq:${word}`],
    rootJunction: 'OR',
    fields,
  });
}

function noDataSet(word: string, choice: Choice<Named>, all: readonly Named[]): Problem {
  if (choice.candidates.length > 0) {
    return {
      code: 'AMBIGUOUS_DATA_SET',
      message: `"${word}" names several data sets: ${listCandidates(choice.candidates)}. Use an id.`,
    };
  }
  return {
    code: 'UNKNOWN_DATA_SET',
    message: `The account can see no data set with the id, code or name "${word}". ${listNearest(word, all, 'It sees', 'data set')}`,
  };
}
