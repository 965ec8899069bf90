import type { Problem } from '#common/reporting/mapping-problems.js';
import type { Dhis2Client } from '../client.js';
import { type DataSet, findNamed } from './metadata.js';

/** The properties of a data set that are needed to write its values. */
export const FULL_DATA_SET =
  'id,code,name,periodType,openFuturePeriods,expiryDays,categoryCombo[id],' +
  'dataInputPeriods[period[id],openingDate,closingDate],' +
  'dataSetElements[categoryCombo[id],dataElement[id,code,name,valueType,aggregationType,zeroIsSignificant,categoryCombo[id]]],' +
  'organisationUnits[id],access[data[write]]';

/** The properties that show which org units report the data set. */
export const DATA_SET_PLACES = 'id,code,name,periodType,organisationUnits[id]';

/**
 * Reads the data set that a mapping names by id or code. If the account may not see it, it looks as
 * if it did not exist (dhis2 FACTS §5).
 *
 * @param fields a DHIS2 field list
 */
export async function readDataSet(
  client: Dhis2Client,
  word: string,
  fields: string,
): Promise<{ dataSet: DataSet } | { dataSet: undefined; problem: Problem }> {
  const { dataSets = [] } = await client.get<{ dataSets?: DataSet[] }>('/dataSets', {
    filter: [`id:eq:${word}`, `code:eq:${word}`],
    rootJunction: 'OR',
    fields,
    paging: false,
  });
  const found = findNamed(word, dataSets);
  if (typeof found === 'object') return { dataSet: found };
  const message =
    found === 'none'
      ? `The account can see no data set with the id or code "${word}".`
      : `Several data sets have the code "${word}".`;
  return { dataSet: undefined, problem: { code: 'UNKNOWN_DATA_SET', message } };
}
