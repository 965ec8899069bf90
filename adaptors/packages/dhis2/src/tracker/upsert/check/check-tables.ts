import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { checkOptions, type OptionSetOfPlace } from '#common/people-mapping/check-options.js';
import type { Problem } from '#common/reporting/mapping-problems.js';
import { attributeOf, type FieldDefinition } from './metadata.js';
import type { Metadata } from './read-metadata.js';

/** Holds all codes of the mapping's tables against DHIS2's option sets, whoever is in the batch. */
export function checkTables(
  { coded = [] }: MappedTrackedEntityBatch,
  metadata: Metadata,
): Problem[] {
  return checkOptions(coded, path => {
    const field = fieldOf(path, metadata);
    return field && setOf(field, metadata);
  });
}

function fieldOf(path: string, { programs }: Metadata): FieldDefinition | undefined {
  const [stage, element] = path.split('.') as [string, string?];
  const found = programs.map(program =>
    element === undefined
      ? attributeOf(program, path)
      : program.stages.get(stage)?.elements.get(element)?.dataElement,
  );
  return found.find(field => field !== undefined);
}

function setOf(
  { optionSet }: FieldDefinition,
  metadata: Metadata,
): OptionSetOfPlace | null | undefined {
  if (!optionSet) return null;
  const set = metadata.optionSets.get(optionSet.id);
  const codes = metadata.codesOf(optionSet.id);
  return set && codes && { id: set.id, name: set.name ?? set.id, codes };
}
