import type { CodedTable } from '../handover/coded-table.js';
import type { DescribedOptionSet } from '../handover/described-option-set.js';
import type { DescribedField, DescribedProgram } from '../handover/described-program.js';
import type { Problem } from '../reporting/mapping-problems.js';
import { checkOptions, type OptionSetOfPlace } from './check-options.js';

/**
 * Holds all codes of tables against the option sets of described programs.
 *
 * @param optionSets by id; one that is absent is not checked
 */
export function checkDescribedOptions(
  tables: readonly CodedTable[],
  programs: readonly DescribedProgram[],
  optionSets: Readonly<Record<string, DescribedOptionSet>>,
): Problem[] {
  const fields = new Map<string, DescribedField>(
    programs.flatMap(({ attributes, stages }) => [
      ...attributes.map(one => [one.id, one] as const),
      ...stages.flatMap(stage =>
        stage.elements.map(one => [`${stage.id}.${one.id}`, one] as const),
      ),
    ]),
  );
  const sets = new Map<string, OptionSetOfPlace>(
    Object.entries(optionSets).map(([id, { name, codes }]) => [
      id,
      { id, name, codes: new Set(codes) },
    ]),
  );
  return checkOptions(tables, path => {
    const field = fields.get(path);
    if (!field) return undefined;
    return field.optionSet === undefined ? null : sets.get(field.optionSet);
  });
}
