import type { MetadataReader } from './reader.js';
import type { DataSet } from './types.js';

/** The contents of a data set, indexed for the checks that an importer makes for each row. */
export class DataSetIndex {
  readonly dataElements: ReadonlySet<string>;
  readonly orgUnits: ReadonlySet<string>;
  readonly attributeOptionCombos: ReadonlySet<string>;
  private readonly comboOfElement: ReadonlyMap<string, string>;
  private readonly optionCombosOfCombo = new Map<string, ReadonlySet<string>>();

  constructor(
    readonly dataSet: DataSet,
    private readonly metadata: MetadataReader,
  ) {
    this.comboOfElement = new Map(
      dataSet.dataSetElements.map(({ dataElement, categoryCombo }) => [
        dataElement.id,
        (categoryCombo ?? metadata.get('dataElements', dataElement.id)!.categoryCombo).id,
      ]),
    );
    this.dataElements = new Set(this.comboOfElement.keys());
    this.orgUnits = new Set(dataSet.organisationUnits.map(({ id }) => id));
    this.attributeOptionCombos = this.optionCombosOf(dataSet.categoryCombo.id);
  }

  hasDataElement(id: string): boolean {
    return this.dataElements.has(id);
  }

  /** The category option combos of a data element in this data set, including outdated ones. */
  optionCombos(dataElement: string): ReadonlySet<string> {
    const combo = this.comboOfElement.get(dataElement);
    return combo === undefined ? new Set() : this.optionCombosOf(combo);
  }

  /** The combo of a data element in this data set. */
  categoryCombo(dataElement: string): string | undefined {
    return this.comboOfElement.get(dataElement);
  }

  private optionCombosOf(combo: string): ReadonlySet<string> {
    let ids = this.optionCombosOfCombo.get(combo);
    if (!ids) {
      const all = this.metadata.list('categoryOptionCombos');
      ids = new Set(all.filter(one => one.categoryCombo.id === combo).map(one => one.id));
      this.optionCombosOfCombo.set(combo, ids);
    }
    return ids;
  }
}
