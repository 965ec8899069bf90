import { anItem, anOptionSet, startOptionServers } from './options.js';
import { ACRE, aCase, BREN, COLL } from './outbreak.js';
import type { PlatformRun } from './platform.js';
import { startServers } from './workflow.js';

/** Servers that a workflow runs against, and what it starts from. */
export interface WorkflowFixture extends Pick<PlatformRun, 'credentials' | 'state'> {
  close(): Promise<void>;
}

const people = () => [
  ...Array.from({ length: 20 }, (_, n) =>
    aCase({
      id: `case-of-${n}`,
      years: n * 4,
      sex: n % 3 ? 'FEMALE' : 'MALE',
      classification: n % 4 ? 'CONFIRMED' : 'SUSPECT',
      location: [ACRE, BREN, COLL][n % 3]!,
      date: `2026-03-${10 + (n % 15)}`,
      outcome: n % 7 ? null : 'DECEASED',
    }),
  ),
  aCase({ id: 'case-without-date', date: null }),
];

/**
 * For each workflow of project.yaml, servers with something for it to do. Tests that run every
 * workflow take them from here; one that is missing is named.
 */
export const FIXTURES: Record<string, () => Promise<WorkflowFixture>> = {
  async 'cases-to-data-values'() {
    const { credentials, close } = await startServers({ people: people() });
    return { credentials, close, state: { today: '2026-04-01' } };
  },
  async 'options-to-reference-data'() {
    const { credentials, close } = await startOptionServers({
      sets: [
        anOptionSet('Vaccine types', [
          [1, 'VACC_MEASLES', 'Measles'],
          [2, 'VACC_MMR', 'MMR'],
        ]),
      ],
      items: [anItem('measles')],
    });
    return { credentials, close, state: {} };
  },
};
