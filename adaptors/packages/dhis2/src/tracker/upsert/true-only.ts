import type {
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import type { Metadata } from './check/read-metadata.js';
import { textOf } from './values.js';

/**
 * Empties what would be "no" in a field of the type TRUE_ONLY, which DHIS2 ticks or leaves empty: it
 * refuses any other value (dhis2 LIVE, "Data values: the basics").
 */
export function emptyNoes<Batch extends Pick<MappedTrackedEntityBatch, 'entities' | 'tables'>>(
  batch: Batch,
  { definitionOf }: Pick<Metadata, 'definitionOf'>,
): Batch {
  const isNo = (id: string, value: MappedValue) =>
    definitionOf(id)?.valueType === 'TRUE_ONLY' &&
    textOf(value, batch.tables)?.toLowerCase() === 'false';
  const emptied = (values: Record<string, MappedValue>) => {
    const noes = Object.keys(values).filter(id => isNo(id, values[id]!));
    if (noes.length === 0) return values;
    return { ...values, ...Object.fromEntries(noes.map(id => [id, null])) };
  };
  const entities = batch.entities.map(entity => ({
    ...entity,
    attributes: emptied(entity.attributes),
    events: entity.events.map(event => ({ ...event, values: emptied(event.values) })),
  }));
  return { ...batch, entities };
}
