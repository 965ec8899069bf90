import type { Dhis2Seed } from '../seed/types.js';
import { groupBy, ObjectTable } from '../store/object-table.js';
import { SETUP_TIME } from '../store/time.js';
import type { ProgramStage } from '../tracker/types.js';
import { checkMetadata, checkObject } from './check.js';
import { COLLECTIONS, type CollectionName, type Collections } from './collections.js';
import { DataSetIndex } from './data-set-index.js';
import type { Ref } from './object-types.js';
import { embeddedOptions, withoutOptions } from './option-sets.js';
import { OrgUnitTree } from './org-unit-tree.js';
import type { MetadataReader } from './reader.js';
import { referencesOf } from './references.js';
import type { Option } from './types.js';

type Tables = { readonly [N in CollectionName]: ObjectTable<Collections[N]> };

/** What the metadata needs from the rest of the server. */
export interface MetadataHost {
  /** The current time as metadata has it: in the server's time zone, without naming the zone. */
  now: () => string;
  /** Whether data refers to an object, deleted data included (dhis2 FACTS §1.5). */
  isUsed: (collection: CollectionName, id: string) => boolean;
}

/** Programs of single events have no attributes of tracked entities, and can omit the list. */
const NO_ATTRIBUTES = { programTrackedEntityAttributes: [] };

/** The metadata of a server, with the indexes that an importer of thousands of rows needs. */
export class MetadataTables implements MetadataReader {
  private readonly tables: Tables;
  private tree: OrgUnitTree | undefined;
  private dataSetIndexes = new Map<string, DataSetIndex>();

  /** @throws Error when the seed refers to an object that it does not contain */
  constructor(
    seed: Pick<Dhis2Seed, CollectionName>,
    private readonly host: MetadataHost,
  ) {
    const optionSets = seed.optionSets ?? [];
    const options = [...(seed.options ?? []), ...optionSets.flatMap(embeddedOptions)];
    const programs = seed.programs?.map(one => ({ ...NO_ATTRIBUTES, ...one }));
    const all = { ...seed, programs, options, optionSets: optionSets.map(withoutOptions) };
    this.tables = Object.fromEntries(
      COLLECTIONS.map(name => [name, new ObjectTable<Ref>(all[name] ?? [], ({ id }) => id)]),
    ) as unknown as Tables;
    checkMetadata(this);
  }

  /** The objects of a collection, in the order in which they were added. */
  list<N extends CollectionName>(name: N): readonly Collections[N][] {
    return this.tables[name].list();
  }

  /** The objects of a collection in a named order, sorted once. */
  ordered<N extends CollectionName>(
    name: N,
    order: string,
    sort: (all: readonly Collections[N][]) => readonly Collections[N][],
  ): readonly Collections[N][] {
    const table = this.tables[name] as ObjectTable<Collections[N]>;
    return table.derived(`order ${order}`, () => sort(table.list()));
  }

  get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined {
    return this.tables[name].get(id);
  }

  /**
   * Adds a copy of an object, or replaces the one with its id. As on a server, `lastUpdated`
   * becomes the current time. An org unit moves to its new parent with all units below it. The
   * options of an option set replace its former ones.
   *
   * @throws Error when it refers to a missing object, or puts an org unit below itself
   */
  put<N extends CollectionName>(name: N, object: Collections[N]): void {
    const { parent } = object as { parent?: Ref };
    if (parent && this.orgUnits.isWithin(parent.id, [object])) {
      throw new Error(`${name}/${object.id} cannot be below itself.`);
    }
    this.save(name, object);
  }

  /**
   * Like {@link put}, without the check of the tree: servers accept an org unit below itself (dhis2
   * LIVE).
   */
  save<N extends CollectionName>(name: N, object: Collections[N]): void {
    if (name === 'optionSets') this.putOptionSet(object);
    else if (name === 'programs') this.putObject(name, { ...NO_ATTRIBUTES, ...object });
    else this.putObject(name, object);
  }

  /**
   * Removes an object; returns whether it existed. An org unit is also removed from the lists in
   * other objects.
   *
   * @throws Error with DHIS2's code E4030 when other objects or data refer to the object, or when
   * it is an org unit with children
   */
  delete(name: CollectionName, id: string): boolean {
    if (!this.get(name, id)) return false;
    const isOrgUnit = name === 'organisationUnits';
    const referrers = this.referrersOf(name, id);
    const hasDependents = isOrgUnit ? this.orgUnits.hasChildren(id) : referrers.length > 0;
    if (hasDependents || this.host.isUsed(name, id)) {
      throw new Error(
        `${name}/${id} could not be deleted because it is associated with another object (E4030).`,
      );
    }
    for (const [owner, object] of referrers) {
      const organisationUnits = object.organisationUnits.filter(unit => unit.id !== id);
      this.store(owner, { ...object, organisationUnits } as Collections[typeof owner]);
    }
    if (isOrgUnit) this.tree?.remove(id);
    else this.dataSetIndexes = new Map();
    return this.tables[name].delete(id);
  }

  /** The org units as a tree: path, level, descendants. */
  get orgUnits(): OrgUnitTree {
    this.tree ??= new OrgUnitTree(this.list('organisationUnits'));
    return this.tree;
  }

  /** The options of an option set, in their order. */
  optionsOf(optionSet: string): readonly Option[] {
    return this.partsOf('options', optionSet, option => option.optionSet.id);
  }

  /** Whether an option set has an option with a code. */
  hasOption(optionSet: string, code: string): boolean {
    const keyOf = (set: string, one: string) => `${set} ${one}`;
    const codes = this.tables.options.derived(
      'codes',
      () => new Set(this.list('options').map(one => keyOf(one.optionSet.id, one.code))),
    );
    return codes.has(keyOf(optionSet, code));
  }

  /** The stages of a program, in their order. */
  stagesOf(program: string): readonly ProgramStage[] {
    return this.partsOf('programStages', program, stage => stage.program.id);
  }

  /** The contents of a data set, indexed. */
  dataSetIndex(id: string): DataSetIndex | undefined {
    const known = this.dataSetIndexes.get(id);
    if (known) return known;
    const dataSet = this.get('dataSets', id);
    if (!dataSet) return undefined;
    const index = new DataSetIndex(dataSet, this);
    this.dataSetIndexes.set(id, index);
    return index;
  }

  /** All data sets that contain a data element. */
  dataSetsOf(dataElement: string): DataSetIndex[] {
    return this.list('dataSets')
      .map(({ id }) => this.dataSetIndex(id)!)
      .filter(index => index.hasDataElement(dataElement));
  }

  /** The combo of every server for data without disaggregation (dhis2 FACTS §5). */
  get defaultOptionCombo(): string {
    return this.list('categoryOptionCombos').find(({ name }) => name === 'default')!.id;
  }

  toJSON(): Pick<Dhis2Seed, CollectionName> {
    const lists = COLLECTIONS.map(name => [name, this.list(name)]);
    return Object.fromEntries(lists) as unknown as Pick<Dhis2Seed, CollectionName>;
  }

  private putObject<N extends CollectionName>(name: N, object: Collections[N]): void {
    checkObject(this, name, object);
    const now = this.host.now();
    const before = this.get(name, object.id);
    const created = object.created ?? (before ? (before.created ?? SETUP_TIME) : now);
    this.store(name, { ...structuredClone(object), created, lastUpdated: now });
  }

  private putOptionSet(optionSet: Collections['optionSets']): void {
    this.putObject('optionSets', withoutOptions(optionSet));
    if (!optionSet.options) return;
    const kept = new Set(optionSet.options.map(({ id }) => id));
    for (const { id } of this.optionsOf(optionSet.id))
      if (!kept.has(id)) this.delete('options', id);
    for (const option of embeddedOptions(optionSet)) this.putObject('options', option);
  }

  private store<N extends CollectionName>(name: N, object: Collections[N]): void {
    (this.tables[name] as ObjectTable<Collections[N]>).put(object);
    // The indexes of data sets use org units only by their ids.
    if (name === 'organisationUnits') this.tree?.put(object);
    else this.dataSetIndexes = new Map();
  }

  /** The objects of a collection that belong to an object, by `sortOrder`. */
  private partsOf<N extends 'options' | 'programStages'>(
    name: N,
    ownerId: string,
    ownerOf: (part: Collections[N]) => string,
  ): readonly Collections[N][] {
    const table = this.tables[name] as ObjectTable<Collections[N]>;
    const groups = table.derived('by owner', () => {
      const place = ({ sortOrder = 0 }: Collections[N]) => sortOrder;
      return groupBy(
        [...table.list()].sort((a, b) => place(a) - place(b)),
        ownerOf,
      );
    });
    return groups.get(ownerId) ?? [];
  }

  /** The objects that refer to an object, except org units: their tree has these references. */
  private referrersOf(name: CollectionName, id: string) {
    return COLLECTIONS.filter(one => one !== 'organisationUnits').flatMap(owner =>
      this.list(owner)
        .filter(object =>
          referencesOf(owner, object).some(one => one.collection === name && one.id === id),
        )
        .map(object => [owner, object as unknown as { organisationUnits: Ref[] }] as const),
    );
  }
}
