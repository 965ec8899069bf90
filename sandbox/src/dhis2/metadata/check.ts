import type { Ref } from '../types.js';
import type { MetadataTables } from './tables.js';

/**
 * Properties that change what a server accepts and that the sandbox does not model: a seed that has
 * them would be answered wrongly, so it is refused.
 */
const NOT_MODELLED = {
  categoryOptions: ['startDate', 'endDate', 'organisationUnits'],
  dataSets: ['workflow', 'compulsoryDataElementOperands'],
} as const;

/**
 * Checks that metadata holds together, as a database's foreign keys would.
 * @throws Error naming the first object that is wrong
 */
export function checkMetadata(metadata: MetadataTables): void {
  const need = (owner: string, collection: Parameters<MetadataTables['get']>[0], ref: Ref) => {
    if (!metadata.get(collection, ref.id)) {
      throw new Error(`The seed's ${owner} refers to ${collection}/${ref.id}, which is not there.`);
    }
  };
  for (const { id, parent } of metadata.list('organisationUnits')) {
    if (parent) need(`organisationUnits/${id}`, 'organisationUnits', parent);
  }
  for (const { id, categoryOptions } of metadata.list('categories')) {
    for (const option of categoryOptions) need(`categories/${id}`, 'categoryOptions', option);
  }
  for (const { id, categories } of metadata.list('categoryCombos')) {
    for (const category of categories) need(`categoryCombos/${id}`, 'categories', category);
  }
  for (const combo of metadata.list('categoryOptionCombos')) {
    const owner = `categoryOptionCombos/${combo.id}`;
    need(owner, 'categoryCombos', combo.categoryCombo);
    for (const option of combo.categoryOptions) need(owner, 'categoryOptions', option);
  }
  for (const element of metadata.list('dataElements')) {
    need(`dataElements/${element.id}`, 'categoryCombos', element.categoryCombo);
    if (element.optionSet) need(`dataElements/${element.id}`, 'optionSets', element.optionSet);
  }
  for (const dataSet of metadata.list('dataSets')) {
    const owner = `dataSets/${dataSet.id}`;
    need(owner, 'categoryCombos', dataSet.categoryCombo);
    for (const unit of dataSet.organisationUnits) need(owner, 'organisationUnits', unit);
    for (const { dataElement } of dataSet.dataSetElements) need(owner, 'dataElements', dataElement);
  }
  if (!metadata.list('categoryOptionCombos').some(({ name }) => name === 'default')) {
    throw new Error('The seed has no category option combo named "default"; every server has one.');
  }
  for (const [collection, properties] of Object.entries(NOT_MODELLED)) {
    for (const object of metadata.list(collection as keyof typeof NOT_MODELLED)) {
      const property = properties.find(name => name in object);
      if (property) {
        throw new Error(
          `The seed's ${collection}/${object.id} has "${property}", which the sandbox does not model.`,
        );
      }
    }
  }
}
