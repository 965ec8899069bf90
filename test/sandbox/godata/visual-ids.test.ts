import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { VisualIds } from '#sandbox/godata/store/visual-ids.js';
import { begin, OUTBREAK, type TestGoData } from './client.js';

let godata: TestGoData | undefined;
afterEach(async () => {
  await godata?.close();
  godata = undefined;
});
const start = async (masks = {}) => {
  godata = await begin({ outbreaks: [{ ...OUTBREAK, contactOfContactIdMask: '*', ...masks }] });
  return godata;
};

describe('a visual id', () => {
  it('gets the next free number, whatever number was sent', async () => {
    const { call } = await start();
    const made = async (visualId: string) =>
      (await call('POST', '/outbreaks/OB/cases', { visualId })).body.visualId;
    expect(await made('CASE-9999')).toBe('CASE-0001');
    expect(await made('CASE-0042')).toBe('CASE-0002');
    expect((await call('POST', '/outbreaks/OB/cases', { visualId: 'CASE-0002' })).code).toBe(
      'DUPLICATE_VISUAL_ID',
    );
  });

  it('cannot belong to another person of any kind, also after a change', async () => {
    const { call } = await start();
    await call('POST', '/outbreaks/OB/contacts', { id: 'k', visualId: 'MINE' });
    const taken = () => call('POST', '/outbreaks/OB/contacts-of-contacts', { visualId: 'MINE' });
    expect([(await taken()).status, (await taken()).code]).toEqual([409, 'DUPLICATE_VISUAL_ID']);
    await call('PUT', '/outbreaks/OB/contacts/k', { visualId: 'YOURS' });
    expect((await taken()).status).toBe(200);
  });

  it('is assigned again after the person with its number was deleted', async () => {
    const { call } = await start();
    await call('POST', '/outbreaks/OB/cases', { id: 'c', visualId: 'CASE-9999' });
    await call('DELETE', '/outbreaks/OB/cases/c');
    const { body } = await call('POST', '/outbreaks/OB/cases', { visualId: 'CASE-9999' });
    expect(body.visualId).toBe('CASE-0001');
  });

  it.each([
    ['CASE-YYYY-999', 'CASE-2026-999', 'CASE-2026-001'],
    ['@@-00', 'aB-12', 'aB-12'],
    ['*', 'a.b(c)', 'a\\.b\\(c\\)'],
  ])('with the mask %s: %s is stored as %s', async (contactIdMask, visualId, expected) => {
    const { call } = await start({ contactIdMask });
    const { body } = await call('POST', '/outbreaks/OB/contacts', { visualId });
    expect(body.visualId).toBe(expected);
  });

  it.each([
    ['CASE-YYYY-999', 'CASE-YYYY-999'],
    ['@@-00', 'a1-12'],
    ['CASE-9999', 'CASE-99999'],
  ])('with the mask %s: %s is refused', async (contactIdMask, visualId) => {
    const { call } = await start({ contactIdMask });
    const reply = await call('POST', '/outbreaks/OB/contacts', { visualId });
    expect([reply.status, reply.code]).toEqual([422, 'INVALID_VISUAL_ID_MASK']);
  });

  it('can be previewed before it is used', async () => {
    const { call } = await start();
    const told = async () =>
      (await call('POST', '/outbreaks/OB/cases/generate-visual-id', { visualIdMask: 'CASE-9999' }))
        .body;
    expect(await told()).toBe('CASE-0001');
    await call('POST', '/outbreaks/OB/cases', { visualId: 'CASE-9999' });
    expect(await told()).toBe('CASE-0002');
  });
});

describe('the visual ids of an outbreak', () => {
  const text = fc.constantFrom('A-', 'A-1', 'B', '');
  const number = fc.integer({ min: 0, max: 120 }).map(String);
  const visualId = fc.tuple(text, number, text).map(parts => parts.join(''));
  const owner = fc.constantFrom('p', 'q', 'r');
  const edit = fc.record({ adds: fc.boolean(), visualId, owner });

  it('are found as by a complete search each time', () => {
    fc.assert(
      fc.property(fc.array(edit), fc.array(fc.tuple(text, text)), (edits, stems) => {
        const ids = new VisualIds();
        const pairs = new Set<string>();
        for (const { adds, visualId, owner } of edits) {
          if (adds) ids.add(visualId, owner);
          else ids.delete(visualId, owner);
          const pair = `${owner} ${visualId}`;
          if (adds) pairs.add(pair);
          else pairs.delete(pair);
          const all = [...pairs].map(one => one.slice(2));
          for (const [before, after] of stems) {
            const numbers = all
              .filter(one => one.startsWith(before) && one.endsWith(after))
              .map(one => one.slice(before.length, one.length - after.length))
              .filter(one => /^\d+$/.test(one));
            expect(ids.highest(before, after)).toBe(Math.max(0, ...numbers.map(Number)));
          }
          const others = [...pairs].filter(one => one.slice(2) === visualId && one[0] !== 'p');
          expect(ids.isTaken(visualId, 'p')).toBe(others.length > 0);
          expect(ids.isTaken(visualId)).toBe(all.includes(visualId));
        }
      }),
    );
  });
});
