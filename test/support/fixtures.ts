import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { type GoDataRecord, type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { joinServers } from './both-servers.js';
import { anItem, anOptionSet, startOptionServers } from './options.js';
import { ACRE, aCase, BREN, COLL } from './outbreak.js';
import { aLocation, aUnit, startPlaceServers } from './places.js';
import type { PlatformRun } from './platform.js';
import { startServers } from './workflow.js';

/** Servers that a workflow runs against, and what it starts from. */
export interface WorkflowFixture extends Pick<PlatformRun, 'credentials' | 'state'> {
  goData: RunningGoData;
  dhis2: RunningDhis2;
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

/** People in DHIS2, and one whom Go.Data has in the outbreak of the shipped jobs. */
async function startPeople(): Promise<WorkflowFixture> {
  const today = '2026-11-24';
  const { orgUnits, goData: seed } = generateOutbreak({ today, cases: 0 });
  const [outbreak] = seed.outbreaks!;
  const goData = await startGoData({
    seed: { ...seed, outbreaks: [{ ...outbreak!, name: 'COVID-19' }] },
    clock: () => new Date(`${today}T12:00:00.000Z`),
  });
  goData.store.people.create(outbreak!.id, 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE', {
    id: '3b3d2c1a-64f0-4ab1-9d0c-0f6f3c2f9a12',
    dateOfReporting: `${today}T00:00:00.000Z`,
    addresses: [{ locationId: orgUnits.at(-1)!.id }],
  });
  const dhis2 = await startDhis2({
    jobWaitMs: 0,
    seed: addTrackerProgram(demoMetadata(orgUnits), { today, people: 40 }),
    version: '2.42',
    clock: () => new Date(`${today}T12:00:00.000Z`),
  });
  return { ...joinServers(goData, dhis2, goData.store.users.list()[0]!), state: {} };
}

/**
 * For each workflow of project.yaml, servers with data for it. Tests that run every workflow use
 * them; a missing one is named.
 */
export const FIXTURES: Record<string, () => Promise<WorkflowFixture>> = {
  async 'cases-to-data-values'() {
    return { ...(await startServers({ people: people() })), state: { today: '2026-04-01' } };
  },
  async 'org-units-to-locations'() {
    const units = [
      aUnit('CountryOu01', 'Country', undefined, { code: 'C' }),
      aUnit('RegionNort1', 'North', 'CountryOu01', { code: 'N' }),
      aUnit('VillageAcr1', 'Acre', 'RegionNort1'),
    ];
    const byHand = { id: 'RegionNort1', name: 'Norht', active: true, parentLocationId: null };
    return { ...(await startPlaceServers(units, [byHand as GoDataRecord])), state: {} };
  },
  async 'locations-to-org-units'() {
    const servers = await startPlaceServers(
      [aUnit('CountryOu01', 'Country', undefined, { code: 'C' })],
      [
        aLocation('CountryOu01', 'Country'),
        aLocation('3b3d2c1a-64f0-4ab1-9d0c-0f6f3c2f9a11', 'Camp', 'CountryOu01'),
      ],
    );
    return { ...servers, state: {} };
  },
  'tracked-entities-to-cases': startPeople,
  // Dry: ids that Go.Data gives to lab results are never the same twice, and come back in the cursor.
  'two-way': async () => ({ ...(await startPeople()), state: { dryRun: true } }),
  'cases-to-tracked-entities': startPeople,
  async 'options-to-reference-data'() {
    const servers = await startOptionServers({
      sets: [
        anOptionSet('Vaccine types', [
          [1, 'VACC_MEASLES', 'Measles'],
          [2, 'VACC_MMR', 'MMR'],
        ]),
      ],
      items: [anItem('measles')],
    });
    return { ...servers, state: {} };
  },
};
