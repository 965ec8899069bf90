import type { OutbreakRelationship } from '#common/handover/fetched-people-batch.js';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import type { PersonView } from './person-view.js';
import { createRecordReader, type RecordReader, type ViewContext } from './record-view.js';

/** A relationship of Go.Data as a mapping sees it. */
export type RelationshipView = RecordFields &
  RecordReader & {
    id: string;
    /** The person who exposed; undefined if that person is not in the batch. */
    source: PersonView | undefined;
    /** The person who was exposed; undefined if that person is not in the batch. */
    target: PersonView | undefined;
  };

/** Creates the view of a relationship that is not deleted. */
export function createRelationshipView(
  { id, record, source, target }: OutbreakRelationship,
  people: ReadonlyMap<string, PersonView>,
  context: ViewContext,
): RelationshipView {
  return {
    ...record,
    id,
    source: people.get(source),
    target: people.get(target),
    ...createRecordReader(record, context),
  };
}
