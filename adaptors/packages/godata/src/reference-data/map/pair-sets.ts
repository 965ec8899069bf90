import type { OptionSet } from '#common/handover/fetched-option-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import type { OptionSetMapping } from './options.js';

/** An option set and its mapping. */
export type SetPair = [OptionSet, Required<OptionSetMapping>];

/**
 * Finds the option set of each mapping.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for an option set that was not fetched, or
 * that has two mappings
 */
export function pairSets(
  optionSets: readonly OptionSet[],
  mappings: readonly Required<OptionSetMapping>[],
): SetPair[] {
  const pairs = mappings.map(mapping => {
    const { optionSet: text } = mapping;
    const set = optionSets.find(({ id, code, name }) => [id, code, name].includes(text));
    return [set, mapping] as const;
  });
  const unknown = pairs.filter(([set]) => !set).map(([, { optionSet }]) => `"${optionSet}"`);
  if (unknown.length > 0) {
    throw badMapping(`names ${unknown.join(', ')}, which the step before did not fetch`);
  }
  const twice = pairs.filter(([set], index) => pairs.findIndex(([other]) => other === set) < index);
  if (twice.length > 0) {
    throw badMapping(`names ${twice.map(([set]) => `"${set!.name}"`).join(', ')} more than once`);
  }
  return pairs as unknown as SetPair[];
}

function badMapping(what: string) {
  return configurationError('BAD_MAPPING', `The mapping of mapReferenceData ${what}.`, {
    fix: 'Name only option sets that fetchOptions reads, each once.',
  });
}
