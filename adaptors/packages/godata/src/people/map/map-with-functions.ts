import { noteMapping } from '#common/binding/note-mapping.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { noInput } from '#common/operations/step-input.js';
import { nextState } from '#common/reporting/next-state.js';
import { type State, withWarnings } from '#common/reporting/report.js';
import { mapBatch } from './map-batch.js';
import { type CaseMapping, readMapping } from './mapping.js';
import { type MapCasesOptions, readMapOptions } from './options.js';

/**
 * Maps tracked entities by functions that return the fields of a person. DHIS2 owns the fields that
 * a function gives; Go.Data owns the fields that it omits.
 *
 * @param described the mapping as the job gives it: a state is bound to it
 * @throws IntegrationError `BAD_OPTION`, `BAD_MAPPING`, `UNREADABLE_FIELDS` (configuration)
 */
export function mapWithFunctions(
  mapping: CaseMapping,
  options: MapCasesOptions = {},
  described: unknown = [mapping, options],
) {
  return <S extends State>(state: S) => {
    const functions = readMapping(mapping);
    const read = readMapOptions(options);
    const entities = state.data as FetchedTrackedEntityBatch | undefined;
    if (!Array.isArray(entities?.entities)) {
      throw noInput('NO_TRACKED_ENTITIES', 'tracked entities', 'fetches them');
    }
    const mapped = mapBatch(entities, functions, read);
    const { batch, warnings } = noteMapping(mapped.batch, state.cursor, described);
    return nextState(state, 'map-cases', batch, withWarnings(mapped.report, warnings));
  };
}
