import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ageBand, classification, sex, tally } from '#godata/Adaptor.js';
import { runWorkflow } from '#runtime/index.js';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { caseListToSeed, startGoData } from '#sandbox/godata/index.js';
import { tallyRows } from '../support/tally-rows.js';
import { PROJECT, valuesInWords } from '../support/workflow.js';

const FILE = path.resolve(PROJECT, '../shared/data/who-demo-cases.json');

interface DemoCase {
  outbreakId: string;
  classification: string;
  gender?: string;
  age?: { years?: number };
  outcomeId?: string | null;
  dateOfReporting: string;
  usualPlaceOfResidenceLocationId?: string | null;
}

/** Counted again without this project: a sum over the file, with weeks by the calendar. */
function countByHand(cases: DemoCase[], bandOf: (years: number | undefined) => string) {
  const counts: Record<string, number> = {};
  for (const one of cases) {
    const key = [
      one.usualPlaceOfResidenceLocationId ?? '',
      isoWeek(one.dateOfReporting),
      one.classification.split('_CASE_CLASSIFICATION_')[1],
      one.gender?.split('_GENDER_')[1] ?? 'UNKNOWN',
      bandOf(one.age?.years),
    ].join(' ');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The ISO week: the Thursday of the same week gives the year, its day of the year the number. */
function isoWeek(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const yearStart = Date.UTC(day.getUTCFullYear(), 0, 1);
  return `${day.getUTCFullYear()}W${Math.ceil((day.getTime() - yearStart + 86_400_000) / 86_400_000 / 7)}`;
}

const bandOf = (years: number | undefined) =>
  years === undefined
    ? 'UNKNOWN'
    : years < 5
      ? '0-4'
      : years < 15
        ? '5-14'
        : years < 25
          ? '15-24'
          : years < 50
            ? '25-49'
            : years < 65
              ? '50-64'
              : '65+';

describe.skipIf(!existsSync(FILE))(
  "WHO's demonstration outbreak (skipped without ../shared/data)",
  () => {
    const cases: DemoCase[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];
    const locations = [...new Set(cases.flatMap(one => one.usualPlaceOfResidenceLocationId ?? []))];

    async function startGoDataWithCases() {
      const seed = caseListToSeed(cases);
      for (const location of seed.locations ?? []) location.identifiers = [{ code: location.id }];
      return { goData: await startGoData({ seed }), user: seed.users![0]! };
    }

    it('has the same counts as a simple recount, by location, week, classification, sex and age band', async () => {
      const { goData, user } = await startGoDataWithCases();
      try {
        const { data } = await tally('cases', {
          outbreak: { id: cases[0]!.outbreakId },
          periodType: 'Weekly',
          dimensions: {
            classification: classification(),
            sex: sex(),
            age: ageBand([5, 15, 25, 50, 65]),
          },
          pageSize: 7,
        })({
          configuration: { apiUrl: goData.url, email: user.email, password: user.password },
          today: '2026-01-01',
        });
        const rows = Object.fromEntries(
          [...tallyRows(data)].map(({ location, period, codes, count }) => [
            [location, period, ...codes].join(' '),
            count,
          ]),
        );
        expect(rows).toEqual(countByHand(cases, bandOf));
        expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(54);
      } finally {
        await goData.close();
      }
    });

    it('reaches DHIS2 with exactly these counts', async () => {
      const { goData, user } = await startGoDataWithCases();
      const orgUnits = [
        { id: 'CountryOu01', name: 'Country' },
        { id: 'RegionOu001', name: 'Region', parent: { id: 'CountryOu01' } },
        ...locations.map((code, n) => ({
          id: `LocationO${String(n).padStart(2, '0')}`,
          code,
          name: code,
          parent: { id: 'RegionOu001' },
        })),
      ];
      const dhis2 = await startDhis2({ seed: demoMetadata(orgUnits) });
      try {
        const { report, exitStatus } = await runWorkflow({
          project: PROJECT,
          workflow: 'cases-to-data-values',
          credentials: {
            godata: { apiUrl: goData.url, email: user.email, password: user.password },
            dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
          },
          state: { outbreakId: cases[0]!.outbreakId, today: '2026-01-01' },
        });
        expect(exitStatus).toBe(0);
        const expected: Record<string, string> = {};
        const elements: Record<string, string> = {
          SUSPECT: 'SUSPECTED',
          PROBABLE: 'PROBABLE',
          CONFIRMED: 'CONFIRMED',
          CONFIRMED_ASYMPTOMATIC: 'CONFIRMED',
          CONFIRMADO_POR_LABORATORIO: 'CONFIRMED',
          CONFIRMADO_POR_CRITERIO_EPIDEMIOLOGICO: 'CONFIRMED',
        };
        const option: Record<string, string> = { '65+': 'AGE_65_PLUS' };
        for (const [key, count] of Object.entries(countByHand(cases, bandOf))) {
          const [location, week, code, sexCode, band] = key.split(' ');
          if (!location || !elements[code!]) continue;
          const words = `${location} ${week} OUTBREAK_CASES_${elements[code!]} ${option[band!] ?? `AGE_${band!.replace('-', '_')}`}+SEX_${sexCode}`;
          expected[words] = String(Number(expected[words] ?? 0) + count);
        }
        const stored = Object.entries(valuesInWords(dhis2)).filter(([key]) =>
          /SUSPECTED|PROBABLE|CONFIRMED/.test(key),
        );
        expect(Object.fromEntries(stored)).toEqual(expected);
        expect(report.aggregate).toMatchObject({ read: 54, counted: 54 - 2 - 1 });
      } finally {
        await Promise.all([goData.close(), dhis2.close()]);
      }
    });
  },
);
