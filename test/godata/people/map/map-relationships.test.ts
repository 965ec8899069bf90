import { describe, expect, it } from 'vitest';
import type { RecordFields } from '#common/handover/mapped-people-batch.js';
import { toStoredRelationships } from '#common/handover/waiting-relationships.js';
import type { RelationshipView } from '#godata/people/map/mapping.js';
import type { MapCasesOptions } from '#godata/people/map/options.js';
import { aBatch, anEntity, aRelationship, runMapCases } from '../support.js';

const CASE = 'PersonCase1';
const OTHER_CASE = 'PersonCase2';
const CONTACT = 'PersonCont1';
const OTHER_CONTACT = 'PersonCont2';
const ELSEWHERE = 'PersonElse1';

const PEOPLE = {
  [CASE]: 'case',
  [OTHER_CASE]: 'case',
  [CONTACT]: 'contact',
  [OTHER_CONTACT]: 'contact',
} as const;

/** Maps relationships of people, some of whom are in the batch. */
function relate(
  ends: readonly (readonly [string, string])[],
  {
    toRelationship = () => ({}),
    options,
    people = Object.keys(PEOPLE) as (keyof typeof PEOPLE)[],
  }: {
    toRelationship?: (relationship: RelationshipView) => RecordFields;
    options?: MapCasesOptions;
    people?: (keyof typeof PEOPLE)[];
  } = {},
) {
  const relationships = ends.map(([from, to], index) =>
    aRelationship(from, to, { id: `Relation00${index}` }),
  );
  const entities = people.map(id =>
    anEntity({
      id,
      kind: PEOPLE[id],
      relationships: relationships.filter(({ from, to }) => from === id || to === id),
    }),
  );
  const mapping = { case: () => ({}), contact: () => ({}), relationship: toRelationship };
  return runMapCases(mapping, entities, options);
}

const directions = (run: ReturnType<typeof relate>) =>
  run.data.relationships.map(({ source, target, partial }) => [source, target, partial ?? false]);

describe('a relationship', () => {
  it('is mapped once, although both its people have it', () => {
    const { data } = relate([[CASE, CONTACT]]);
    const origin = aRelationship(CASE, CONTACT, { id: 'Relation000' });
    expect(data.relationships).toEqual([
      { key: 'Relation000', source: CASE, target: CONTACT, fields: {}, origin },
    ]);
  });

  it.each([
    ['from', CASE, CONTACT, CASE, CONTACT],
    ['from', CONTACT, CASE, CASE, CONTACT],
    ['to', CASE, CONTACT, CASE, CONTACT],
    ['to', CONTACT, CASE, CASE, CONTACT],
    ['from', CASE, OTHER_CASE, CASE, OTHER_CASE],
    ['to', CASE, OTHER_CASE, OTHER_CASE, CASE],
  ] as const)(
    'whose source is %s leads from %s and %s to %s → %s',
    (end, from, to, source, target) => {
      const options = { relationshipTypes: { ipjUWSTPKFt: end } };
      expect(directions(relate([[from, to]], { options }))).toEqual([[source, target, false]]);
    },
  );

  it.each([
    // A contact was exposed, whatever the other person is.
    [CONTACT, ELSEWHERE, ELSEWHERE, CONTACT, false],
    [ELSEWHERE, CONTACT, ELSEWHERE, CONTACT, false],
    // With a case, the other person may be a case or a contact.
    [CASE, ELSEWHERE, CASE, ELSEWHERE, true],
    [ELSEWHERE, CASE, ELSEWHERE, CASE, true],
  ] as const)(
    'of %s and %s, with one person outside the batch, leads from %s to %s; partial: %s',
    (from, to, source, target, partial) => {
      expect(directions(relate([[from, to]]))).toEqual([[source, target, partial]]);
    },
  );

  it('between two contacts, or of a person with themselves, is left out and counted', () => {
    const { data, report } = relate([
      [CONTACT, OTHER_CONTACT],
      [CASE, CASE],
    ]);
    expect(data.relationships).toEqual([]);
    expect(report.leftOut).toEqual([
      { reason: 'between-contacts', subject: 'ipjUWSTPKFt', count: 1 },
      { reason: 'with-oneself', subject: 'ipjUWSTPKFt', count: 1 },
    ]);
  });

  it('of a type that the job does not name is left out and counted', () => {
    const options: MapCasesOptions = { relationshipTypes: { HouseholdA1: 'from' } };
    const { data, report } = relate([[CASE, CONTACT]], { options });
    expect(data.relationships).toEqual([]);
    expect(report.leftOut).toEqual([
      { reason: 'left-out-by-mapping', subject: 'ipjUWSTPKFt', count: 1 },
    ]);
  });

  it('shows the mapping both people, if they are in the batch', () => {
    const seen: unknown[] = [];
    const toRelationship = ({ id, type, createdAt, source, target }: RelationshipView) => {
      seen.push([id, type, createdAt, source?.id, target?.id, target?.kind]);
      return {};
    };
    relate(
      [
        [CASE, CONTACT],
        [CASE, ELSEWHERE],
      ],
      { toRelationship },
    );
    expect(seen).toEqual([
      ['Relation000', 'ipjUWSTPKFt', '2026-03-06', CASE, CONTACT, 'contact'],
      ['Relation001', 'ipjUWSTPKFt', '2026-03-06', CASE, undefined, undefined],
    ]);
  });

  it('clears no field that depends on the exposed person, when that person is not in the batch', () => {
    const toRelationship = ({ createdAt, target }: RelationshipView) => ({
      contactDate: createdAt,
      dateOfFirstContact: target?.latest('StageA00001', 'DataElement'),
    });
    const [whole] = relate([[CASE, CONTACT]], { toRelationship }).data.relationships;
    expect(whole!.fields).toEqual({ contactDate: '2026-03-06', dateOfFirstContact: null });
    const [part] = relate([[CASE, CONTACT]], { toRelationship, people: [CASE] }).data.relationships;
    expect(part).toMatchObject({ partial: true, fields: { contactDate: '2026-03-06' } });
    expect(part!.fields).not.toHaveProperty('dateOfFirstContact');
  });

  it('with an invalid date is rejected alone, and its people are read again', () => {
    const toRelationship = ({ id }: RelationshipView) => ({
      contactDate: id === 'Relation000' ? '2026-02-30' : '2026-02-28',
    });
    const { data, report } = relate(
      [
        [CASE, CONTACT],
        [CASE, OTHER_CONTACT],
      ],
      { toRelationship },
    );
    expect(data.people).toHaveLength(4);
    expect(data.relationships.map(({ key }) => key)).toEqual(['Relation001']);
    expect(report.rejected).toMatchObject([
      { kind: 'relationship', id: 'Relation000', code: 'INVALID_DATE' },
    ]);
    expect(data.next.retry).toEqual([CASE, CONTACT]);
  });

  it('that waits for one of its people is mapped again, in its present version', () => {
    const waiting = [
      aRelationship(ELSEWHERE, CONTACT, { id: 'RelationOld' }),
      aRelationship(ELSEWHERE, 'PersonElse2', { id: 'RelationFar' }),
    ];
    const entity = anEntity({ id: CONTACT, kind: 'contact', relationships: [waiting[0]!] });
    const mapping = { case: () => ({}), contact: () => ({}), relationship: () => ({}) };
    const next = { waiting: toStoredRelationships(waiting) };
    const { data } = runMapCases(mapping, aBatch([entity], { next }));
    expect(data.relationships.map(({ key, partial }) => [key, partial ?? false])).toEqual([
      ['RelationOld', false],
      ['RelationFar', true],
    ]);
    expect(data.next).toEqual(next);
  });

  it('is not mapped when the job has no function for it', () => {
    const entity = anEntity({ relationships: [aRelationship(CASE, CONTACT)] });
    const { data } = runMapCases({ case: () => ({}), contact: () => ({}) }, [entity]);
    expect(data.relationships).toEqual([]);
  });
});
