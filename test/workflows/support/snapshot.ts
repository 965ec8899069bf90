import type { TwoWay } from '../../support/two-way.js';

/** What a server computes or draws, and what says how a record came: other in each run. */
const OWN = [
  'createdAt',
  'updatedAt',
  'dbUpdatedAt',
  'createdOn',
  'storedAt',
  'note',
  'relationship',
];
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Times of the servers' clocks, which begin on this day. */
const NOW = /2026-11-24T12:0\d:\d\d\.\d{3}Z?/g;

/** Numbers that DHIS2 draws in turn: a killed run has drawn some that nobody gets. */
const DRAWN = /COVID19_(?:CONTACT)?\d+/g;

/** Everything that both servers hold about people, without what differs between two equal runs. */
export function snapshotOf({ goData, dhis2 }: TwoWay): Record<string, string[]> {
  const { people, labResults, relationships } = goData.store;
  const { tracker } = dhis2.store;
  const records = people.all();
  const entities = tracker.list('trackedEntities');
  return {
    distinctNumbers: [`${new Set(JSON.stringify(entities).match(DRAWN)).size}`],
    records: lines(records.map(record => ({ ...record, is: record.id }))),
    labResults: lines(records.flatMap(({ id }) => labResults.of(id))),
    relationships: lines(relationships.list()),
    trackedEntities: lines(entities),
    enrollments: lines(tracker.list('enrollments')),
    events: lines(tracker.list('events')),
    trackerRelationships: lines(tracker.list('relationships')),
  };
}

function lines(objects: readonly object[]): string[] {
  const texts = objects.map(one => {
    const { id: _id, event: _event, ...rest } = one as Record<string, unknown>;
    const text = JSON.stringify(rest, (key, value) => (OWN.includes(key) ? undefined : value));
    return text.replaceAll(UUID, 'uuid').replaceAll(NOW, 'now').replaceAll(DRAWN, 'number');
  });
  return texts.sort();
}
