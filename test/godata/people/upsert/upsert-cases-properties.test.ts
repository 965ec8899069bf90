import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MappedPerson, MappedRelationship } from '#common/handover/mapped-people-batch.js';
import type { RunningGoData } from '#sandbox/godata/index.js';
import {
  aBatch,
  aPerson,
  ref,
  startPeopleServer,
  upsertPeopleBatch,
} from '#test/support/people.js';
import { runs, stops } from '#test/support/runs.js';

const PEOPLE = 6;
const uid = (n: number) => `Person${String(n).padStart(5, '0')}`;

const anyDay = fc.constantFrom('2026-02-01', '2026-02-02', null);
const anyFields = fc.record({
  lastName: fc.constantFrom('Acre', 'Bren', null),
  gender: fc.constantFrom(ref('GENDER', 'MALE'), ref('GENDER', 'FEMALE'), null),
  dateOfOnset: anyDay,
  age: fc.constantFrom({ years: 4, months: 0 }, { years: 40, months: 2 }, null),
  vaccinesReceived: fc.subarray([
    { vaccine: ref('VACCINE', 'MEASLES') },
    { vaccine: ref('VACCINE', 'RUBELLA') },
  ]),
  questionnaireAnswers: fc.record({
    fever: fc.constantFrom([{ value: 'YES' }], [{ value: 'NO' }], null),
    cough: fc.constantFrom([{ value: 'YES' }], null),
  }),
  dateRanges: fc.subarray([
    {
      typeId: ref('PERSON_DATE_TYPE', 'ISOLATION'),
      startDate: '2026-02-03',
      comments: 'DHIS2 EventId0001',
    },
    {
      typeId: ref('PERSON_DATE_TYPE', 'HOSPITALIZATION'),
      startDate: '2026-02-04',
      comments: 'DHIS2 EventId0002',
    },
  ]),
});
const anyLabs = fc
  .subarray([1, 2, 3])
  .chain(keys =>
    fc.tuple(
      ...keys.map(key =>
        fc.constantFrom('POSITIVE', 'NEGATIVE').map(result => [key, result] as const),
      ),
    ),
  );
const anyPair = fc.tuple(fc.nat(PEOPLE - 1), fc.nat(PEOPLE - 1));
const anyEdit = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    who: fc.nat(PEOPLE - 1),
    fields: anyFields,
    labs: anyLabs,
  }),
  fc.record({ kind: fc.constant('relate' as const), ends: anyPair, day: anyDay }),
  fc.record({ kind: fc.constant('part' as const), ends: anyPair }),
  fc.record({ kind: fc.constant('confirm' as const), who: fc.nat(PEOPLE - 1) }),
  fc.record({ kind: fc.constant('delete' as const), who: fc.nat(PEOPLE - 1) }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

/** The data in DHIS2: people, and exposures by their two people. */
class Source {
  readonly people = new Map<string, MappedPerson>();
  readonly exposures = new Map<string, MappedRelationship>();
  #serial = 0;

  /** Edits the data. Returns the people whom DHIS2 would list as changed. */
  edit(edit: Edit): string[] {
    if (edit.kind === 'relate') return this.#relate(edit.ends, edit.day);
    if (edit.kind === 'part') return this.#part(edit.ends);
    const id = uid(edit.who);
    const before = this.people.get(id);
    if (edit.kind === 'delete') return this.#delete(id);
    if (edit.kind === 'confirm') {
      if (!before || before.deleted) return [];
      this.people.set(id, { ...before, kind: 'case' });
      return [id];
    }
    // People with even numbers begin as cases, the others as contacts.
    const kind = before?.kind ?? (edit.who % 2 === 0 ? 'case' : 'contact');
    if (before?.deleted) return [];
    const labResults =
      kind === 'contact'
        ? []
        : edit.labs.map(([key, result]) => ({
            key: `Lab${String(edit.who)}Event${String(key).padStart(2, '0')}`,
            fields: { dateOfResult: '2026-02-05', result: ref('LAB_TEST_RESULT', result) },
          }));
    this.people.set(id, aPerson(id, edit.fields, { kind, labResults }));
    return [id];
  }

  #relate([a, b]: [number, number], day: string | null): string[] {
    const [source, target] = [uid(a), uid(b)];
    const isLiving = [source, target].every(
      id => this.people.get(id)?.deleted === undefined && this.people.has(id),
    );
    // Go.Data itself makes the case the source of a contact's exposure.
    if (a === b || !isLiving || this.people.get(source)!.kind === 'contact') return [];
    const ends = `${source} ${target}`;
    this.#serial += 1;
    const key = this.exposures.get(ends)?.key ?? `Relat${String(this.#serial).padStart(6, '0')}`;
    this.exposures.set(ends, {
      key,
      source,
      target,
      origin: { id: key, type: 'RelatType01', from: target, to: source },
      fields: { contactDate: day },
    });
    return [target];
  }

  #part([a, b]: [number, number]): string[] {
    const [source, target] = [uid(a), uid(b)];
    const left = [...this.exposures.values()].filter(one => one.target === target);
    // Go.Data keeps the last exposure of a contact.
    if (left.length <= 1 && this.people.get(target)?.kind === 'contact') return [];
    return this.exposures.delete(`${source} ${target}`) ? [target] : [];
  }

  #delete(id: string): string[] {
    if (!this.people.has(id)) return [];
    this.people.set(id, aPerson(id, {}, { kind: this.people.get(id)!.kind, deleted: true }));
    const parted = [...this.exposures].filter(
      ([, { source, target }]) => source === id || target === id,
    );
    for (const [ends] of parted) this.exposures.delete(ends);
    return [id, ...parted.map(([, { target }]) => target)];
  }

  batch(ids: Iterable<string>, cursor: object = {}) {
    const people = [...new Set(ids)].sort().flatMap(id => this.people.get(id) ?? []);
    const named = new Set(people.filter(({ deleted }) => !deleted).map(({ id }) => id));
    const exposures = [...this.exposures.values()].filter(
      ({ source, target }) => named.has(source) || named.has(target),
    );
    // Cases come before contacts.
    people.sort((x, y) => (x.kind < y.kind ? -1 : x.kind > y.kind ? 1 : 0));
    return aBatch(people, exposures, { next: cursor });
  }
}

/** The data in Go.Data that come from the source, without what the server adds. */
function contentOf({ store }: RunningGoData) {
  const people = store.people.all().filter(({ deleted }) => !deleted);
  const living = new Set(people.map(({ id }) => id));
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(strip);
    if (value === null || typeof value !== 'object') return value ?? undefined;
    const entries = Object.entries(value)
      .map(([key, one]) => [key, strip(one)] as const)
      .filter(([, one]) => one !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  const order = (list: unknown) =>
    [...((list as object[] | undefined) ?? [])].sort((a, b) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
    );
  return {
    people: Object.fromEntries(
      people.map(one => [
        one.id,
        strip({
          type: one.type,
          firstName: one.firstName,
          lastName: one.lastName,
          gender: one.gender,
          age: one.age,
          dateOfOnset: one.dateOfOnset,
          documents: one.documents,
          addresses: one.addresses,
          questionnaireAnswers: one.questionnaireAnswers,
          vaccinesReceived: order(one.vaccinesReceived),
          dateRanges: order(one.dateRanges),
          classification: String(one.type).endsWith('CASE') ? one.classification : undefined,
        }),
      ]),
    ),
    relationships: store.relationships
      .list()
      .filter(({ persons }) => persons.every(({ id }) => living.has(id)))
      .map(({ persons, contactDate, comment }) =>
        [
          persons.find(({ source }) => source)?.id,
          persons.find(({ target }) => target)?.id,
          contactDate ?? null,
          comment,
        ].join(),
      )
      .sort(),
    labResults: store.labResults
      .list()
      .filter(({ personId }) => living.has(personId))
      .map(({ personId, notes, result }) => [personId, notes, result].join())
      .sort(),
  };
}

describe('any edits in DHIS2', () => {
  it('end in the same data as a first copy', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        async rounds => {
          const server = await startPeopleServer({ mask: 'P-9999' });
          const fresh = await startPeopleServer();
          try {
            const source = new Source();
            let cursor: object = {};
            for (const edits of rounds) {
              const changed = edits.flatMap(edit => source.edit(edit));
              const batch = source.batch(changed, cursor);
              const state = await upsertPeopleBatch(server, batch);
              expect(state.report['upsert-cases']!.rejected).toBeUndefined();
              cursor = (state.cursor as object) ?? {};
              server.requests.reset();
              await upsertPeopleBatch(server, { ...batch, next: cursor });
              expect(server.requests.writes()).toBe(0);
            }
            const living = [...source.people.values()]
              .filter(({ deleted }) => !deleted)
              .map(({ id }) => id);
            await upsertPeopleBatch(fresh, source.batch(living));
            expect(contentOf(server)).toEqual(contentOf(fresh));
          } finally {
            await Promise.all([server.close(), fresh.close()]);
          }
        },
      ),
      runs(12, 180),
    );
  });
});

describe('a run that is stopped at any request', () => {
  const edits: Edit[][] = [
    [0, 1, 2, 3, 4].map(
      who =>
        ({
          kind: 'change',
          who,
          fields: {
            lastName: 'Acre',
            gender: null,
            dateOfOnset: '2026-02-01',
            age: null,
            vaccinesReceived: [],
            questionnaireAnswers: { fever: null, cough: null },
            dateRanges: [],
          },
          labs:
            who % 2
              ? []
              : [
                  [1, 'POSITIVE'],
                  [2, 'NEGATIVE'],
                ],
        }) as Edit,
    ),
    [
      { kind: 'relate', ends: [0, 1], day: '2026-02-02' },
      { kind: 'relate', ends: [2, 1], day: null },
      { kind: 'relate', ends: [0, 3], day: null },
      { kind: 'relate', ends: [0, 2], day: null },
    ],
    [
      { kind: 'part', ends: [2, 1] },
      { kind: 'confirm', who: 3 },
      { kind: 'delete', who: 4 },
      { kind: 'relate', ends: [0, 1], day: '2026-02-01' },
      {
        kind: 'change',
        who: 0,
        fields: {
          lastName: 'Bren',
          gender: null,
          dateOfOnset: null,
          age: null,
          vaccinesReceived: [],
          questionnaireAnswers: { fever: null, cough: null },
          dateRanges: [],
        },
        labs: [[1, 'NEGATIVE']],
      },
    ],
  ];
  const stoppedFrom = (k: number) => ({
    kind: 'status' as const,
    status: 418,
    body: { error: { message: 'gone' } },
    at: Array.from({ length: 300 }, (_, n) => k + n),
  });

  it.each([0, 1])(
    'ends where an undisturbed run ends, when it is started again (%s)',
    async round => {
      const begin = async () => {
        const server = await startPeopleServer({ mask: 'P-9999' });
        const source = new Source();
        const changed = [...edits[0]!, ...edits[1]!].flatMap(edit => source.edit(edit));
        let batch = source.batch(changed);
        if (round === 1) {
          await upsertPeopleBatch(server, batch);
          batch = source.batch(edits[2]!.flatMap(edit => source.edit(edit)));
        }
        server.requests.reset();
        return { server, batch };
      };
      const undisturbed = await begin();
      await upsertPeopleBatch(undisturbed.server, undisturbed.batch);
      const wanted = contentOf(undisturbed.server);
      const requests = undisturbed.server.requests.count();
      await undisturbed.server.close();
      expect(requests).toBeGreaterThan(12);
      for (const k of stops(requests)) {
        const { server, batch } = await begin();
        server.faults.add(stoppedFrom(k));
        await expect(upsertPeopleBatch(server, batch), `stopped at request ${k}`).rejects.toThrow();
        server.faults.clear();
        await upsertPeopleBatch(server, batch);
        expect(contentOf(server), `stopped at request ${k}`).toEqual(wanted);
        server.requests.reset();
        await upsertPeopleBatch(server, batch);
        expect(server.requests.writes(), `after a stop at request ${k}`).toBe(0);
        await server.close();
      }
    },
  );

  it('survives connections that break after the server has written, and a login of another client', async () => {
    const server = await startPeopleServer({ mask: 'P-9999' });
    const source = new Source();
    const batch = source.batch([...edits[0]!, ...edits[1]!].flatMap(edit => source.edit(edit)));
    server.faults.add({
      kind: 'cut',
      route: 'POST /api/outbreaks/{id}/cases',
      at: 1,
      when: 'after',
    });
    server.faults.add({ kind: 'kill-token', route: 'GET /api/outbreaks/{id}/people', at: 1 });
    await upsertPeopleBatch(server, batch);
    expect(server.requests.byRoute()['POST /api/users/login']).toBe(2);
    const plain = await startPeopleServer({ mask: 'P-9999' });
    await upsertPeopleBatch(plain, batch);
    expect(contentOf(server)).toEqual(contentOf(plain));
    await Promise.all([server.close(), plain.close()]);
  });
});
