import { unexpectedAnswer } from '#common/http/index.js';
import type { Dhis2Client } from '#dhis2/client/client.js';
import type { Category, DataSet } from './model.js';
import { labelled } from './read-dhis2.js';

type Named = Parameters<typeof labelled>[0];

interface Combo {
  isDefault?: boolean;
  categories?: (Named & { categoryOptions?: Named[] })[];
}

interface DataSetAnswer extends Named {
  periodType?: string;
  categoryCombo?: Combo;
  dataSetElements?: {
    dataElement?: Named & { valueType?: string; categoryCombo?: Combo };
    categoryCombo?: Combo;
  }[];
}

const PATH = '/dataSets';
const NAMES = 'id,code,name,shortName,translations[property,value]';
const COMBO = `categoryCombo[id,isDefault,categories[${NAMES},categoryOptions[${NAMES}]]]`;
const FIELDS = `${NAMES},periodType,${COMBO},dataSetElements[${COMBO},dataElement[${NAMES},formName,valueType,${COMBO}]]`;

/** Reads a data set with its data elements, and the categories of both. A default combo has none. */
export async function readDataSet(client: Dhis2Client, id: string): Promise<DataSet> {
  const query = { filter: `id:in:[${id}]`, fields: FIELDS };
  const [dataSet] = await client.list<DataSetAnswer>(PATH, query);
  if (!dataSet) throw unexpectedAnswer('DHIS2', { method: 'GET', path: PATH }, 'the data set', []);
  return {
    ...labelled(dataSet),
    periodType: dataSet.periodType ?? 'Monthly',
    categories: toCategories(dataSet.categoryCombo),
    elements: (dataSet.dataSetElements ?? []).flatMap(({ dataElement, categoryCombo }) =>
      dataElement
        ? [
            {
              ...labelled(dataElement),
              valueType: dataElement.valueType ?? 'NUMBER',
              categories: toCategories(categoryCombo ?? dataElement.categoryCombo),
            },
          ]
        : [],
    ),
  };
}

function toCategories({ isDefault, categories = [] }: Combo = {}): Category[] {
  const own = categories.filter(({ code, name }) => code !== 'default' && name !== 'default');
  if (isDefault) return [];
  return own.map(category => ({
    ...labelled(category),
    options: (category.categoryOptions ?? []).map(labelled),
  }));
}
