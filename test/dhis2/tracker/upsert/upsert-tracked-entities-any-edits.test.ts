import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  MappedEntity,
  MappedEvent,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { readLinkNote } from '#common/identity/links.js';
import { fingerprint } from '#common/ownership/index.js';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import { startProxy } from '#test/support/proxy.js';
import { runs, stops } from '#test/support/runs.js';
import {
  aBatch,
  aCase,
  aContact,
  aGhost,
  attributesOf,
  clinical,
  closeServers,
  exposure,
  FEMALE,
  labResult,
  living,
  MALE,
  NEGATIVE,
  POSITIVE,
  type Ran,
  reportOf,
  startProgram,
  upsert,
  valuesOf,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const PEOPLE = 5;
const LABS = ['1', '2'];
const idOf = (n: number) => `person-${n}`;

const anyWho = fc.nat(PEOPLE - 1);
const anyEdit = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    who: anyWho,
    surname: fc.constantFrom('Obi', 'Eze', null),
    sex: fc.constantFrom(FEMALE, MALE),
    fever: fc.constantFrom('YES', 'NO', null),
    labs: fc.subarray(LABS),
    isPositive: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('relate' as const), who: anyWho, other: anyWho }),
  fc.record({ kind: fc.constant('part' as const), who: anyWho, other: anyWho }),
  fc.record({ kind: fc.constant('confirm' as const), who: anyWho }),
  fc.record({ kind: fc.constant('delete' as const), who: anyWho }),
  fc.record({ kind: fc.constant('restore' as const), who: anyWho }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;
type Change = Extract<Edit, { kind: 'change' }>;

/** A person of Go.Data, and what DHIS2 must have in the end. */
interface Person {
  id: string;
  kind: 'case' | 'contact';
  isDeleted: boolean;
  record: Change;
  /** As it was when it was last sent. */
  sent?: Change;
  removedLabs: Set<string>;
  /** Program → status of its enrollment. */
  enrolled: Map<string, 'ACTIVE' | 'CANCELLED'>;
  /** Whether the clinical stage has an event, by program. */
  hasClinical: boolean;
}

/** What Go.Data holds. */
class Source {
  readonly people = new Map<string, Person>();
  /** Ends → key; separated ones are kept apart. */
  readonly exposures = new Map<string, string>();
  readonly parted = new Map<string, string>();
  /** Ends of those that DHIS2 must have. */
  readonly linked = new Set<string>();
  #serial = 0;

  constructor(readonly whenDeleted: 'cancel' | 'delete') {}

  /** Edits people, and returns those whom Go.Data would report as changed. */
  edit(edit: Edit): string[] {
    const id = idOf(edit.who);
    const person = this.people.get(id);
    if (edit.kind === 'change') return this.#change(id, edit);
    if (!person) return [];
    if (edit.kind === 'confirm' && !person.isDeleted) person.kind = 'case';
    if (edit.kind === 'delete') person.isDeleted = true;
    if (edit.kind === 'restore') person.isDeleted = false;
    if (edit.kind === 'relate' || edit.kind === 'part') this.#relate(edit, id, idOf(edit.other));
    return [id];
  }

  #change(id: string, record: Change): string[] {
    const before = this.people.get(id);
    if (before?.isDeleted) return [];
    const person: Person = before ?? {
      id,
      // People with even numbers begin as cases, the others as contacts.
      kind: record.who % 2 === 0 ? 'case' : 'contact',
      isDeleted: false,
      record,
      removedLabs: new Set(),
      enrolled: new Map(),
      hasClinical: false,
    };
    for (const lab of person.record.labs) person.removedLabs.add(lab);
    for (const lab of record.labs) person.removedLabs.delete(lab);
    person.record = record;
    this.people.set(id, person);
    return [id];
  }

  #relate({ kind }: Edit, from: string, to: string): void {
    const isLiving = [from, to].every(id => this.people.get(id)?.isDeleted === false);
    if (!isLiving || from === to) return;
    const ends = [from, to].sort().join(' ');
    const key = this.exposures.get(ends);
    if (kind === 'part' && key !== undefined) {
      this.exposures.delete(ends);
      this.parted.set(key, ends);
    }
    if (kind === 'relate' && key === undefined) {
      this.#serial += 1;
      this.exposures.set(ends, `exposure-${this.#serial}`);
    }
  }

  /** A batch of these people; records what DHIS2 must have in the end. */
  batch(ids: readonly string[]): MappedTrackedEntityBatch {
    const changed = [...new Set(ids)].sort();
    const people = changed.map(id => this.people.get(id)!);
    const isNamed = (ends: string) => ends.split(' ').some(id => changed.includes(id));
    const relationship = (key: string, ends: string, more = {}) => {
      const [from, to] = ends.split(' ') as [string, string];
      return exposure(key, from, to, more);
    };
    const relationships = [
      ...[...this.exposures].map(([ends, key]) => [key, ends, {}] as const),
      ...[...this.parted].map(([key, ends]) => [key, ends, { deleted: true }] as const),
    ].filter(([, ends]) => isNamed(ends));
    const others = [...this.people.values()].filter(({ id }) => !changed.includes(id));
    for (const person of people) this.#settle(person);
    const sent = relationships.filter(([, ends]) =>
      ends.split(' ').every(id => !this.people.get(id)!.isDeleted),
    );
    for (const [, ends, more] of [...sent].reverse()) {
      if ('deleted' in more) this.linked.delete(ends);
      else this.linked.add(ends);
    }
    return aBatch(
      people.map(toEntity),
      sent.map(([key, ends, more]) => relationship(key, ends, more)),
      {
        whenDeleted: this.whenDeleted,
        owners: { case: OWNERS, contact: OWNERS },
        others: Object.fromEntries(
          others.map(({ id, kind }) => [id, { kind, links: [], program: programOf(kind) }]),
        ),
      },
    );
  }

  #settle(person: Person): void {
    const { enrolled, isDeleted, kind } = person;
    if (!isDeleted) {
      person.sent = person.record;
      enrolled.set(programOf(kind), 'ACTIVE');
      if (kind === 'case' && person.record.fever !== null) person.hasClinical = true;
    } else if (this.whenDeleted === 'cancel') {
      for (const program of enrolled.keys()) enrolled.set(program, 'CANCELLED');
    } else {
      enrolled.clear();
      person.hasClinical = false;
      for (const ends of this.linked) {
        if (ends.split(' ').includes(person.id)) this.linked.delete(ends);
      }
    }
  }
}

const OWNERS = { lastName: { owner: 'latest', dhis2: WHO.surname } } as const;

function programOf(kind: Person['kind']): string {
  return kind === 'case' ? WHO.cases : WHO.contacts;
}

function toEntity({ id, kind, isDeleted, record, removedLabs }: Person): MappedEntity {
  if (isDeleted) return aGhost(id, { kind, program: programOf(kind) });
  const { surname, sex, fever, labs, isPositive } = record;
  const result = isPositive ? POSITIVE : NEGATIVE;
  const events: MappedEvent[] = [
    clinical({ [WHO.fever]: fever }),
    ...labs.map(lab => labResult(`${id}-${lab}`, { [WHO.result]: result })),
    ...[...removedLabs].map(lab => labResult(`${id}-${lab}`, {}, { deleted: true })),
  ];
  return (kind === 'case' ? aCase : aContact)(id, {
    attributes: { [WHO.surname]: surname, [WHO.sex]: sex },
    events: kind === 'case' ? events : [],
    fingerprints: { lastName: fingerprint(surname) },
  });
}

/** What DHIS2 must have. */
function wantedOf({ people, linked }: Source) {
  const present = [...people.values()].filter(({ enrolled }) => enrolled.size > 0);
  return {
    people: Object.fromEntries(
      present.map(({ id, sent, enrolled, hasClinical }) => {
        const { surname, sex, fever, labs, isPositive } = sent!;
        const isCase = enrolled.has(WHO.cases);
        const results = labs.map(() => (isPositive ? 'POSITIVE' : 'NEGATIVE'));
        return [
          id,
          {
            surname: surname ?? undefined,
            sex: sex === FEMALE ? 'FEMALE' : 'MALE',
            phone: `by hand ${id}`,
            enrollments: [...enrolled].map(one => one.join(' ')).sort(),
            events: isCase
              ? [
                  ...(hasClinical ? [`${WHO.clinical} ${fever ?? ''}`] : []),
                  ...results.map(one => `${WHO.labResult} ${one}`),
                ].sort()
              : [],
          },
        ];
      }),
    ),
    relationships: [...linked].sort(),
  };
}

/** What DHIS2 has; fails if it has something twice. */
function contentOf(server: RunningDhis2) {
  const { tracker } = server.store;
  const personOf = new Map<string, string>();
  const people = living(server, 'trackedEntities').map(({ trackedEntity: te }) => {
    const enrollments = tracker.enrollmentsOf(te).filter(({ deleted }) => !deleted);
    const notes = enrollments.flatMap(one => one.notes.map(({ value }) => readLinkNote(value)?.id));
    const id = notes.find(one => one !== undefined)!;
    expect([...personOf.values()], 'a person has one tracked entity').not.toContain(id);
    personOf.set(te, id);
    const programs = enrollments.map(({ program }) => program);
    expect(new Set(programs).size, 'and one enrollment in a program').toBe(programs.length);
    const events = enrollments
      .flatMap(({ enrollment }) => tracker.eventsOf(enrollment))
      .filter(({ deleted }) => !deleted)
      .map(({ event, programStage }) => {
        const values = valuesOf(server, event);
        return `${programStage} ${values[WHO.fever] ?? values[WHO.result] ?? ''}`;
      });
    const attributes = attributesOf(server, te);
    return [
      id,
      {
        surname: attributes[WHO.surname],
        sex: attributes[WHO.sex],
        phone: attributes[WHO.phone],
        enrollments: enrollments.map(({ program, status }) => `${program} ${status}`).sort(),
        events: events.sort(),
      },
    ] as const;
  });
  const ends = living(server, 'relationships').map(({ from, to }) =>
    [from, to]
      .map(end =>
        personOf.get(
          (end as { trackedEntity: { trackedEntity: string } }).trackedEntity.trackedEntity,
        ),
      )
      .sort()
      .join(' '),
  );
  return { people: Object.fromEntries(people), relationships: ends.sort() };
}

/** People in DHIS2 add values that no mapping names. */
function addByHand(server: RunningDhis2): void {
  const { tracker } = server.store;
  for (const entity of living(server, 'trackedEntities')) {
    if (entity.attributes.some(({ attribute }) => attribute === WHO.phone)) continue;
    const id = tracker
      .enrollmentsOf(entity.trackedEntity)
      .flatMap(({ notes }) => notes.flatMap(({ value }) => readLinkNote(value)?.id ?? []))[0];
    tracker.put('trackedEntities', {
      ...entity,
      attributes: [...entity.attributes, { attribute: WHO.phone, value: `by hand ${id}` }],
    });
  }
}

/** Stops everything from a request on, until it is resumed. */
async function startStoppable(server: RunningDhis2) {
  const stop = { from: Number.POSITIVE_INFINITY, mode: 'before' as 'before' | 'after', seen: 0 };
  const { url } = await startProxy(server.url, {
    stop: () => {
      stop.seen += 1;
      if (stop.seen === stop.from) return stop.mode;
      return stop.seen > stop.from ? 'before' : undefined;
    },
  });
  return { url, stop };
}

const keeper = { username: 'keeper' };
const VERSION = fc.constantFrom('2.38', '2.40', '2.41', '2.42', '2.44');

describe('any edits in Go.Data, and runs that are stopped at any point', () => {
  it('leave in DHIS2 what Go.Data has, nothing twice, and nothing of others lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('cancel' as const, 'delete' as const),
        VERSION,
        fc.array(
          fc.record({
            edits: fc.array(anyEdit, { minLength: 1, maxLength: 8 }),
            stop: fc.option(
              fc.record({
                from: fc.integer({ min: 1, max: 14 }),
                mode: fc.constantFrom('before' as const, 'after' as const),
              }),
            ),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (whenDeleted, version, rounds) => {
          const server = await startProgram({ version });
          const { url, stop } = await startStoppable(server);
          const source = new Source(whenDeleted);
          let state: Partial<Ran> = {};
          for (const round of rounds) {
            const changed = round.edits.flatMap(edit => source.edit(edit));
            const batch = source.batch(changed);
            const options = { chunkSize: 7 };
            if (round.stop) {
              Object.assign(stop, round.stop, { seen: 0 });
              // A run that needs fewer requests ends normally.
              await upsert({ url }, batch, options, { ...state, ...keeper }).catch(() => {});
              stop.from = Number.POSITIVE_INFINITY;
            }
            const ran = await upsert({ url }, batch, options, { ...state, ...keeper });
            const { rejected, adjusted } = reportOf(ran);
            expect([rejected, adjusted]).toEqual([undefined, undefined]);
            state = { memory: ran.memory, cursor: ran.cursor };
            server.requests.reset();
            await upsert({ url }, batch, options, { ...state, ...keeper });
            expect(server.requests.writes(), 'a second run writes nothing').toBe(0);
            addByHand(server);
            expect(contentOf(server)).toEqual(wantedOf(source));
          }
        },
      ),
      runs(6, 180),
    );
  }, 300_000);
});

describe('a run that is stopped at any request', () => {
  const change = (who: number, more: Partial<Change> = {}): Edit => ({
    kind: 'change',
    who,
    surname: 'Obi',
    sex: FEMALE,
    fever: 'YES',
    labs: ['1'],
    isPositive: true,
    ...more,
  });
  const first: Edit[] = [
    ...[0, 1, 2, 3, 4].map(who => change(who)),
    { kind: 'relate', who: 0, other: 1 },
    { kind: 'relate', who: 2, other: 3 },
  ];
  const second: Edit[] = [
    change(0, { surname: null, fever: 'NO', labs: ['2'] }),
    { kind: 'confirm', who: 1 },
    { kind: 'delete', who: 2 },
    { kind: 'part', who: 0, other: 1 },
    { kind: 'relate', who: 3, other: 4 },
  ];
  const third: Edit[] = [{ kind: 'restore', who: 2 }, change(4, { sex: MALE })];

  it.each([
    ['cancel', 'before'],
    ['cancel', 'after'],
    ['delete', 'before'],
    ['delete', 'after'],
  ] as const)(
    'ends, after a restart, where an undisturbed run ends (%s, %s)',
    async (whenDeleted, mode) => {
      for (const rounds of [[first], [first, second], [first, second, third]]) {
        const begin = async () => {
          const server = await startProgram();
          const source = new Source(whenDeleted);
          const batches = rounds.map(edits =>
            source.batch(edits.flatMap(edit => source.edit(edit))),
          );
          for (const batch of batches.slice(0, -1)) await upsert(server, batch, {}, keeper);
          addByHand(server);
          return { server, source, batch: batches.at(-1)! };
        };
        const undisturbed = await begin();
        undisturbed.server.requests.reset();
        await upsert(undisturbed.server, undisturbed.batch, { chunkSize: 7 }, keeper);
        const requests = undisturbed.server.requests.count();
        expect(requests).toBeGreaterThan(8);
        addByHand(undisturbed.server);
        const wanted = wantedOf(undisturbed.source);
        expect(contentOf(undisturbed.server)).toEqual(wanted);
        for (const k of stops(requests)) {
          const { server, batch } = await begin();
          const { url, stop } = await startStoppable(server);
          Object.assign(stop, { from: k, mode });
          const options = { chunkSize: 7 };
          await expect(
            upsert({ url }, batch, options, keeper),
            `at request ${k}`,
          ).rejects.toThrow();
          stop.from = Number.POSITIVE_INFINITY;
          const ran = await upsert({ url }, batch, options, keeper);
          const { rejected, adjusted } = reportOf(ran);
          expect([rejected, adjusted], `after request ${k}`).toEqual([undefined, undefined]);
          addByHand(server);
          expect(contentOf(server), `stopped at request ${k}`).toEqual(wanted);
          server.requests.reset();
          await upsert({ url }, batch, options, { ...ran, ...keeper });
          expect(server.requests.writes(), `after a stop at request ${k}`).toBe(0);
        }
      }
    },
    300_000,
  );
});
