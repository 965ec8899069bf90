import { CASE } from '#sandbox/godata/index.js';
import { INTEROP, LIMITED, OUTBREAK } from './replay-fixtures.js';
import type { ReplaySession } from './replay-session.js';

const CLASSIFICATION = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION';

/** What the real session did before a recording without recording it. */
export const PREPARE: Readonly<Record<number, (session: ReplaySession) => unknown>> = {
  17: session => {
    session.token = 'not-a-token';
  },
  96: async session => {
    await session.addCase('c8263dc3-53ae-4d29-9ccc-28a70bd9205d', {
      firstName: 'Src',
      classification: `${CLASSIFICATION}_CONFIRMED`,
      dateOfOnset: '2026-02-01',
      questionnaireAnswers: { a: [{ value: 1 }], b: [{ value: 2 }] },
    });
    await session.addCase('96122a1c-a9f1-4829-a2d3-dda66087ece1', {
      firstName: 'Tgt',
      classification: `${CLASSIFICATION}_SUSPECT`,
      dateOfReporting: '2026-02-05',
      dateOfOnset: '2026-02-04',
    });
  },
  112: session =>
    session.add('contacts', {
      id: '50ed12d5-bb08-41a6-82b8-9f45996feffe',
      firstName: 'Con2',
      dateOfReporting: '2026-02-06',
    }),
  210: session =>
    session.server.store.users.delete('lock') && session.server.store.users.delete(LIMITED),
  213: session =>
    session.server.store.users.restore('lock') && session.server.store.users.restore(LIMITED),
  224: session => {
    session.pass(700_000);
  },
  226: session => session.logIn('interop@example.org', 'interop-password-1'),
  228: async session => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      await session.logIn('lock@example.org', 'bad');
  },
  231: session => {
    const outbreakIds = [OUTBREAK];
    const limits = { outbreakIds, activeOutbreakId: OUTBREAK };
    session.server.store.users.update(LIMITED, limits);
    return session.logIn('limited@example.org', 'limited-password-1');
  },
  237: session => session.logIn('interop@example.org', 'interop-password-1'),
  // The import of a file that the sandbox refuses; it used the next visual id.
  243: session => {
    const { people } = session.server.store;
    people.create(
      OUTBREAK,
      CASE.type,
      {
        id: '44444444-4444-4444-8444-444444444444',
        firstName: 'Imp2',
        classification: `${CLASSIFICATION}_SUSPECT`,
        visualId: 'CASE-0006',
      },
      INTEROP,
      'IMPORT',
    );
    const id = 'abbae123-7510-45bf-bb3b-b6a7c1c29c07';
    people.create(OUTBREAK, CASE.type, { id, firstName: 'Imp3' }, INTEROP, 'IMPORT');
  },
  266: async session => {
    for (let index = 10; index < 70; index += 1) await session.addCase(`many-${index}`, {});
  },
  270: session => {
    const id = '9e15df9b-b0c2-4b9c-a552-a9da77b6e3f2';
    const type = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE';
    const documents = [
      { type: `${type}_OTHER`, number: '2020-01-01' },
      { type: `${type}_EXTERNAL_ID`, number: 'abc-123' },
    ];
    session.server.store.people.create(OUTBREAK, CASE.type, {
      id,
      firstName: 'DateDoc',
      documents,
    });
  },
};
