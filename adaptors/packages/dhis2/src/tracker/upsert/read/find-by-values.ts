import { getOrCreate } from '#common/collections/get-or-create.js';
import { ownOf } from '#common/collections/own.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { ProgramModel } from '../check/metadata.js';
import type { Metadata } from '../check/read-metadata.js';
import { textOf } from '../values.js';
import type { EntityReader, Haystack } from './entity-reader.js';
import { toSearchForm } from './searchable.js';
import { attributesOf, HOLDER, type Holder } from './stored.js';

/** Tracked entities found by values, by Go.Data id. */
export interface FoundByValues {
  /** Those whose link attribute holds the Go.Data id. */
  byLink: ReadonlyMap<string, ReadonlySet<string>>;
  /** Those that have a value of a unique attribute. */
  byKey: ReadonlyMap<string, ReadonlySet<string>>;
  /** Attributes for which a person's value cannot be searched. */
  unsearchable: ReadonlyMap<string, readonly string[]>;
}

/**
 * Searches for people by the attribute that holds their Go.Data id, and by their values of unique
 * attributes, all at once.
 *
 * @param ids Go.Data ids, including those at the other ends of relationships
 */
export async function findByValues(
  reader: EntityReader,
  ids: readonly string[],
  entities: readonly MappedEntity[],
  {
    linkAttribute,
    findBy,
    tables,
  }: Pick<MappedTrackedEntityBatch, 'linkAttribute' | 'findBy' | 'tables'>,
  { programs, definitionOf }: Pick<Metadata, 'programs' | 'definitionOf'>,
): Promise<FoundByValues> {
  const unsearchable = new Map<string, string[]>();
  const byLink = new Map<string, Set<string>>();
  const byKey = new Map<string, Set<string>>();
  const note = (found: Map<string, Set<string>>, person: string, entity: string) =>
    getOrCreate(found, person, () => new Set<string>()).add(entity);
  if (linkAttribute !== undefined) {
    for (const one of await search(reader, programs, linkAttribute, ids)) {
      // Compared as stored: UIDs differ in the case of their letters, which a search ignores.
      note(byLink, attributesOf(one).get(linkAttribute) ?? '', one.trackedEntity);
    }
  }
  for (const attribute of findBy) {
    const definition = definitionOf(attribute) ?? {};
    const holders = new Map<string, string[]>();
    for (const { id, attributes, deleted } of entities) {
      const mapped = ownOf(attributes, attribute);
      const value = deleted || mapped === undefined ? undefined : textOf(mapped, tables);
      if (!value) continue;
      const form = toSearchForm(definition, value);
      if (form === undefined) getOrCreate(unsearchable, id, () => [] as string[]).push(attribute);
      else getOrCreate(holders, form, () => [] as string[]).push(id);
    }
    for (const one of await search(reader, programs, attribute, holders.keys())) {
      const value = toSearchForm(definition, attributesOf(one).get(attribute) ?? '') ?? '';
      for (const id of holders.get(value) ?? []) note(byKey, id, one.trackedEntity);
    }
  }
  return { byLink, byKey, unsearchable };
}

async function search(
  reader: EntityReader,
  programs: readonly ProgramModel[],
  attribute: string,
  values: Iterable<string>,
): Promise<Holder[]> {
  const wanted = [...values];
  const found: Holder[] = [];
  for (const haystack of haystacksOf(programs, attribute)) {
    found.push(...(await reader.byValues<Holder>(haystack, attribute, wanted, HOLDER)));
  }
  return found;
}

/** All tracked entities of a type if the attribute belongs to the type, else those in each program. */
function haystacksOf(programs: readonly ProgramModel[], attribute: string): Haystack[] {
  const haystacks = programs.flatMap((program): Haystack[] => {
    if (program.typeAttributes.has(attribute)) return [{ trackedEntityType: program.type.id }];
    return program.ownAttributes.has(attribute) ? [{ program: program.id }] : [];
  });
  return [...new Map(haystacks.map(one => [JSON.stringify(one), one])).values()];
}
