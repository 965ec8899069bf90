import { COLLECTIONS, type CollectionName, type Collections, type Dhis2Seed } from '../types.js';
import { checkMetadata } from './check.js';

import { DataSetIndex } from './data-set-index.js';
import { OrgUnitTree } from './org-unit-tree.js';

type Tables = { [N in CollectionName]: Map<string, Collections[N]> };

/** The metadata of a server, with the indexes that an importer needs for a thousand rows. */
export class MetadataTables {
  private readonly tables: Tables;
  private tree: OrgUnitTree | undefined;
  private dataSetIndexes = new Map<string, DataSetIndex>();

  /** @throws Error when the seed refers to an object that it does not hold */
  constructor(seed: Pick<Dhis2Seed, Exclude<CollectionName, 'optionSets'> | 'optionSets'>) {
    this.tables = Object.fromEntries(
      COLLECTIONS.map(name => [
        name,
        new Map((seed[name] ?? []).map(object => [object.id, deepFreeze(object)])),
      ]),
    ) as unknown as Tables;
    checkMetadata(this);
  }

  /** The objects of a collection, in the order in which they were added. */
  list<N extends CollectionName>(name: N): readonly Collections[N][] {
    return [...this.tables[name].values()];
  }

  get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined {
    return this.tables[name].get(id);
  }

  /** Adds a copy of an object, or puts it in place of the one with its id. */
  put<N extends CollectionName>(name: N, object: Collections[N]): void {
    const table: Map<string, Collections[N]> = this.tables[name];
    table.set(object.id, deepFreeze(structuredClone(object)));
    this.forgetIndexes();
  }

  /** Removes an object; returns whether it was there. */
  delete(name: CollectionName, id: string): boolean {
    this.forgetIndexes();
    return this.tables[name].delete(id);
  }

  /** The org units as a tree: path, level, descendants. */
  get orgUnits(): OrgUnitTree {
    this.tree ??= new OrgUnitTree(this.list('organisationUnits'));
    return this.tree;
  }

  /** What belongs to a data set. */
  dataSetIndex(id: string): DataSetIndex | undefined {
    const known = this.dataSetIndexes.get(id);
    if (known) return known;
    const dataSet = this.get('dataSets', id);
    if (!dataSet) return undefined;
    const index = new DataSetIndex(dataSet, this);
    this.dataSetIndexes.set(id, index);
    return index;
  }

  /** All data sets that hold a data element. */
  dataSetsOf(dataElement: string): DataSetIndex[] {
    return this.list('dataSets')
      .map(({ id }) => this.dataSetIndex(id)!)
      .filter(index => index.hasDataElement(dataElement));
  }

  /** The combo that every server has for data without disaggregation (dhis2 FACTS §5). */
  get defaultOptionCombo(): string {
    return this.list('categoryOptionCombos').find(({ name }) => name === 'default')!.id;
  }

  toJSON(): Pick<Dhis2Seed, CollectionName> {
    return Object.fromEntries(COLLECTIONS.map(name => [name, this.list(name)])) as Pick<
      Dhis2Seed,
      CollectionName
    >;
  }

  private forgetIndexes(): void {
    this.tree = undefined;
    this.dataSetIndexes = new Map();
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
