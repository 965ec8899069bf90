import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BothServers } from '../support/both-servers.js';
import {
  anItem,
  anOptionSet,
  type OptionRun,
  type OptionText,
  runOptionOperations,
  type SeenItem,
  seenItems,
  startOptionServers,
  VACCINE,
} from '../support/options.js';
import { runs } from '../support/runs.js';

const OCCUPATION = 'LNG_REFERENCE_DATA_CATEGORY_OCCUPATION';

/** Two sets in one category and one in another: labels clash within the first, codes everywhere. */
const SETS = [
  { name: 'First', category: VACCINE },
  { name: 'Second', category: VACCINE },
  { name: 'Third', category: OCCUPATION },
];
const RUN: OptionRun = {
  mappings: SETS.map(({ name, category }) => ({
    optionSet: name,
    category,
    whenGone: name === 'Second' ? 'leave' : 'deactivate',
  })),
};

// Few words, so that options often share them, take them over and swap them.
const anyName = fc.constantFrom('Acre', 'ACRE', 'Bren', 'Brén', 'Coll', 'Coll-', 'Acre (K1)');
const anyCode = fc.constantFrom('K1', 'K2', 'k1', 'K3', 'SET_1:K1');
const anyOption = fc.record({ name: anyName, code: anyCode });
const anyEdit = fc.oneof(
  fc.record({ kind: fc.constant('rename' as const), nth: fc.nat(20), name: anyName }),
  fc.record({ kind: fc.constant('recode' as const), nth: fc.nat(20), code: anyCode }),
  fc.record({ kind: fc.constant('add' as const), set: fc.nat(2), option: anyOption }),
  fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(20) }),
  fc.record({ kind: fc.constant('swap names' as const), nth: fc.nat(20), other: fc.nat(20) }),
  fc.record({ kind: fc.constant('swap codes' as const), nth: fc.nat(20), other: fc.nat(20) }),
  // Edits by users of Go.Data in the meantime.
  fc.record({ kind: fc.constant('relabel by hand' as const), nth: fc.nat(20), name: anyName }),
  fc.record({ kind: fc.constant('hide by hand' as const), nth: fc.nat(20) }),
  fc.record({ kind: fc.constant('delete by hand' as const), nth: fc.nat(20) }),
);
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

/** The options of all sets, as a user of DHIS2 edits them. */
class Options {
  readonly sets: OptionText[][] = SETS.map(() => []);
  #next = 1;

  /** Codes differ within a set, or DHIS2 refuses it. */
  add(set: number, { name, code }: { name: string; code: string }): void {
    if (this.sets[set]!.some(([, other]) => other === code)) return;
    this.sets[set]!.push([this.#next, code, name]);
    this.#next += 1;
  }

  edit(edit: Edit): void {
    const all = this.sets.flat();
    if (edit.kind === 'add') this.add(edit.set, edit.option);
    if (!('nth' in edit)) return;
    const option = all[edit.nth % Math.max(1, all.length)];
    if (!option) return;
    const set = this.sets.find(one => one.includes(option))!;
    if (edit.kind === 'rename') option[2] = edit.name;
    if (edit.kind === 'recode' && !set.some(([, code]) => code === edit.code)) {
      option[1] = edit.code;
    }
    if (edit.kind === 'remove' && set.length > 1) set.splice(set.indexOf(option), 1);
    if (edit.kind === 'swap names') {
      const other = all[edit.other % all.length]!;
      [option[2], other[2]] = [other[2], option[2]];
    }
    if (edit.kind === 'swap codes') {
      const other = set[edit.other % set.length]!;
      [option[1], other[1]] = [other[1], option[1]];
    }
  }

  toOptionSets() {
    return this.sets.map((options, n) => anOptionSet(SETS[n]!.name, options, n + 1));
  }
}

function editByHand({ goData: { store } }: BothServers, edit: Edit): void {
  if (!('nth' in edit)) return;
  const items = store.referenceData.list().filter(({ id }) => !id.endsWith('BY_HAND'));
  const item = items[edit.nth % Math.max(1, items.length)];
  if (!item) return;
  if (edit.kind === 'relabel by hand') {
    const siblings = items.filter(({ categoryId }) => categoryId === item.categoryId);
    const texts = siblings.map(
      ({ id }) => store.languageTokens.get(`${id}_english_us`)?.translation,
    );
    // The server refuses equal labels.
    if (!texts.includes(edit.name)) {
      store.languageTokens.update(`${item.id}_english_us`, { translation: edit.name });
    }
  }
  if (edit.kind === 'hide by hand') store.referenceData.update(item.id, { active: false });
  if (edit.kind === 'delete by hand') store.referenceData.delete(item.id);
}

const keyOf = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const possibleLabels = ({ id, code, name }: { id: string; code: string; name: string }) => [
  name,
  `${name} (${code})`,
  `${name} (${id})`,
];

/** Compares what Go.Data has with what DHIS2 has, by what is promised, not by how it is done. */
function expectInStep(
  servers: BothServers,
  options: Options,
  ids: Record<string, Record<string, string>>,
): Map<string, string> {
  const byCode = new Map<string, string>();
  const everything = [VACCINE, OCCUPATION].flatMap(category => seenItems(servers, category));
  const sets = options.toOptionSets();
  sets.forEach((set, n) => {
    const { category } = SETS[n]!;
    const items = seenItems(servers, category);
    set.options.forEach(({ id, code, name }, index) => {
      const marked = items.filter(({ description }) =>
        description.includes(`DHIS2 option ${id} of set ${set.id}`),
      );
      const item = marked.find(one => one.id === ids[set.name]?.[code])!;
      expect(item, `${set.name} ${code}`).toMatchObject({ active: true, order: index });
      const codes = [code, `${set.code}:${code}`, `${code}:${id}`];
      expect(codes, `${set.name} ${code}`).toContain(item.code);
      if (set.name !== 'Second') {
        for (const former of marked) expect(former.active, former.id).toBe(former === item);
      }
      expect(possibleLabels({ id, code, name })).toContain(item.label.replace(/ \d+$/, ''));
      if (set.name !== 'Second') {
        for (const former of marked) expect(former.active, former.id).toBe(former.id === item.id);
      }
      const rivals = sets
        .filter((_, m) => SETS[m]!.category === category)
        .flatMap(one => one.options)
        .filter(other => other.id !== id);
      const foreign = (other: SeenItem) => !rivals.some(one => other.description.includes(one.id));
      const others = items.filter(other => other.id !== item.id);
      // Its own label, unless another item has it or could get it.
      const taken = [...rivals.flatMap(possibleLabels), ...others.map(one => one.label)];
      if (!taken.map(keyOf).includes(keyOf(name))) expect(item.label).toBe(name);
      if (rivals.some(one => keyOf(one.name) === keyOf(name))) expect(item.label).not.toBe(name);
      expect(others.filter(foreign).map(one => keyOf(one.label))).not.toContain(keyOf(item.label));
      if (item.code === code) byCode.set(`${category} ${code}`, item.id);
    });
    const present = new Set(set.options.map(({ id }) => id));
    const gone = items.filter(({ description }) => {
      const [, option] = new RegExp(`DHIS2 option (\\w+) of set ${set.id}`).exec(description) ?? [];
      return option !== undefined && !present.has(option);
    });
    if (set.name !== 'Second' && present.size > 0) {
      for (const item of gone) expect(item.active, item.id).toBe(false);
    }
  });
  for (const category of [VACCINE, OCCUPATION]) {
    const labels = seenItems(servers, category).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  }
  const codes = everything.flatMap(({ code }) => (code ? [code] : []));
  expect(new Set(codes).size).toBe(codes.length);
  expect(everything).toContainEqual(expect.objectContaining(BY_HAND_SEEN));
  return byCode;
}

const BY_HAND = anItem('By hand', { code: 'K9', order: 99 });
const BY_HAND_SEEN = {
  ...{ id: `${VACCINE}_BY_HAND`, label: 'By hand', code: 'K9', order: 99 },
  ...{ active: true, description: '' },
};

describe('any edits in DHIS2 and in Go.Data', () => {
  it('leave in Go.Data what DHIS2 has, under ids that stay with their codes, with nothing left to write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), anyOption), { minLength: 3, maxLength: 9 }),
        fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
        async (first, rounds) => {
          const options = new Options();
          for (const [set, option] of first) options.add(set, option);
          const servers = await startOptionServers({
            sets: options.toOptionSets(),
            items: [BY_HAND, anItem('Bren'), anItem('coll', { code: 'K2' })],
          });
          try {
            const { data, report } = await runOptionOperations(servers, RUN);
            expect(report['upsert-reference-data']).not.toHaveProperty('rejected');
            let ids = expectInStep(servers, options, data.ids);
            for (const edits of rounds) {
              for (const edit of edits) {
                options.edit(edit);
                editByHand(servers, edit);
              }
              for (const set of options.toOptionSets()) {
                servers.dhis2.store.metadata.put('optionSets', set);
              }
              const present = new Set(
                servers.goData.store.referenceData.list().map(({ id }) => id),
              );
              const run = await runOptionOperations(servers, RUN);
              expect(run.report['upsert-reference-data']).not.toHaveProperty('rejected');
              const now = expectInStep(servers, options, run.data.ids);
              for (const [code, id] of ids) {
                if (now.has(code) && present.has(id)) expect(now.get(code), code).toBe(id);
              }
              for (const id of present)
                expect(servers.goData.store.referenceData.get(id)).toBeDefined();
              ids = now;
            }
            servers.goData.requests.reset();
            await runOptionOperations(servers, RUN);
            expect(servers.goData.requests.writes()).toBe(0);
          } finally {
            await servers.close();
          }
        },
      ),
      runs(12, 180),
    );
  });
});

describe('a run that is stopped at any request', () => {
  const before: OptionText[] = [
    [1, 'A', 'Acre'],
    [2, 'B', 'Bren'],
    [3, 'C', 'Coll'],
    [4, 'D', 'Dale'],
  ];
  // Three labels are exchanged in a ring, one option is removed, and a new one has a name that
  // another had at first.
  const after: OptionText[] = [
    [2, 'B', 'Coll'],
    [1, 'A', 'Bren'],
    [3, 'C', 'Elm'],
    [5, 'E', 'Acre'],
    [6, 'F', 'Fen'],
  ];
  const ring: OptionText[] = [
    [1, 'A', 'Bren'],
    [2, 'B', 'Coll'],
    [3, 'C', 'Acre'],
    [7, 'G', 'Acre-'],
  ];
  const stoppedFrom = (k: number) => ({
    kind: 'status' as const,
    status: 418,
    body: { error: { message: 'gone' } },
    at: Array.from({ length: 100 }, (_, n) => k + n),
  });

  it.each([
    ['new names and options', after],
    ['names in a ring', ring],
  ])('ends, after a restart, where an undisturbed run ends (%s)', async (_, wanted) => {
    const begin = async () => {
      const servers = await startOptionServers({ sets: [anOptionSet('First', before)] });
      await runOptionOperations(servers, run);
      servers.dhis2.store.metadata.put('optionSets', anOptionSet('First', wanted));
      servers.goData.requests.reset();
      return servers;
    };
    const run: OptionRun = {
      mappings: [{ optionSet: 'First', category: 'VACCINE', whenGone: 'deactivate' }],
    };
    const undisturbed = await begin();
    await runOptionOperations(undisturbed, run);
    const end = seenItems(undisturbed);
    const requests = undisturbed.goData.requests.count();
    await undisturbed.close();
    expect(requests).toBeGreaterThan(9);
    for (let k = 1; k <= requests; k += 1) {
      const servers = await begin();
      servers.goData.faults.add(stoppedFrom(k));
      const stopped = runOptionOperations(servers, run);
      await expect(stopped, `stopped at request ${k}`).rejects.toThrow();
      servers.goData.faults.clear();
      await runOptionOperations(servers, run);
      expect(seenItems(servers), `stopped at request ${k}`).toEqual(end);
      servers.goData.requests.reset();
      await runOptionOperations(servers, run);
      expect(servers.goData.requests.writes(), `after a stop at request ${k}`).toBe(0);
      await servers.close();
    }
  });
});
