import { noteMapping } from '#common/binding/note-mapping.js';
import type { FetchedPeopleBatch, TwoWayCursor } from '#common/handover/fetched-people-batch.js';
import { noInput } from '#common/operations/step-input.js';
import { nextState } from '#common/reporting/next-state.js';
import { type State, withWarnings } from '#common/reporting/report.js';
import { mapBatch } from './map-batch.js';
import { type EntityMapping, readMapping } from './mapping.js';
import { type MapTrackedEntitiesOptions, readMapOptions } from './options.js';

/**
 * Maps people of Go.Data by functions that return the values of a person: attributes, the days of
 * the enrollment, events. What a function omits is never touched.
 *
 * @param described the mapping as the job gives it: a state is bound to it
 * @throws IntegrationError `BAD_OPTION`, `BAD_MAPPING` (configuration)
 */
export function mapWithFunctions(
  mapping: EntityMapping,
  options: MapTrackedEntitiesOptions,
  described: unknown = [mapping, options],
) {
  return <S extends State>(state: S) => {
    const functions = readMapping(mapping);
    const read = readMapOptions(options, functions);
    const people = state.data as FetchedPeopleBatch | undefined;
    if (!Array.isArray(people?.people)) {
      throw noInput('NO_PEOPLE', 'people', 'fetches them');
    }
    const mapped = mapBatch(people, functions, read);
    const former = (state.cursor as TwoWayCursor | undefined)?.people;
    const { batch, warnings } = noteMapping(mapped.batch, former, described);
    return nextState(state, 'map-tracked-entities', batch, withWarnings(mapped.report, warnings));
  };
}
