import type { PlanTable } from '#common/reporting/plan.js';
import type { RunReport } from '#runtime/record/run-report.js';

/** Names that are HTML, end a script, or turn the text around. */
export const HOSTILE = [
  '<img src=x onerror="window.hacked=1">',
  '</script><script>window.hacked=1</script>',
  '<!-- <script>',
  '\'"><svg/onload=window.hacked=1>',
  'Clinic \u202eexe',
];

const weeks = Array.from({ length: 20 }, (_, week) => `2026W${week + 20}`);
const wave = (height: number) =>
  weeks.map((_, at) => Math.round(height * Math.sin((at * Math.PI) / 20)));

/** A report with everything that the page can show. */
export function sampleReport(rest: Partial<RunReport> = {}): RunReport {
  const counted = wave(80);
  const conflict = { kind: 'case', id: 'TrackedEn01', code: 'CONFLICT', field: 'lastName' };
  return {
    reportVersion: 1,
    workflow: 'cases-to-data-values',
    status: 'completed-with-rejections',
    exitStatus: 3,
    dryRun: false,
    startedAt: '2026-11-29T14:33:19.019Z',
    endedAt: '2026-11-29T14:33:29.188Z',
    seconds: 9.83,
    resources: { cpuSeconds: 1, peakMemoryMb: 100 },
    versions: { 'godata-dhis2': '0.1.0', node: '20.20.2', DHIS2: '2.42.5' },
    outbreaks: ['outbreak-1'],
    mappingHash: '28faac97f3d7b126',
    report: {
      aggregate: {
        coverage: {
          things: 'cases',
          verb: 'reach a value',
          reached: 12_021,
          expected: 12_205,
          omitted: [
            { reason: 'unmapped-location', subject: '', count: 100 },
            { reason: 'unmapped-code', subject: 'classification=EPI_LINKED', count: 84 },
          ],
          onPurpose: [{ reason: 'future-date', subject: '', count: 12 }],
        },
        leftOut: HOSTILE.map(name => ({
          reason: 'unmapped-location',
          subject: `loc (${name})`,
          count: 20,
        })),
        warnings: HOSTILE,
      },
      'upsert-data-values': {
        created: 2000,
        updated: 1000,
        rejectedCount: 6,
        rejected: [
          ...HOSTILE.map(name => ({ kind: 'data value', id: name, code: 'E7641', message: name })),
          { ...conflict, message: 'x', changedAt: { godata: '2026-11-02T10:00:00.000Z' } },
          { ...conflict, message: 'y', changedAt: { dhis2: '2026-11-03T10:00:00.000' } },
        ],
        adjusted: [{ kind: 'location', id: 'a', code: 'SIBLING_NAME', message: HOSTILE[0]! }],
      },
    },
    changes: { total: 3000, file: 'changes.csv' },
    figures: {
      curve: {
        things: 'cases',
        dateField: 'dateOfReporting',
        periodType: 'Weekly',
        periods: weeks,
        dimensions: {
          classification: { CONFIRMED: wave(40), SUSPECT: wave(20), [HOSTILE[0]!]: wave(5) },
          sex: { FEMALE: wave(40), MALE: wave(30) },
        },
      },
      comparison: {
        elements: [
          { id: 'de1', name: `Cases ${HOSTILE[0]}`, periods: weeks, counted, stored: counted },
          {
            id: 'de2',
            name: 'Deaths',
            periods: weeks,
            counted,
            stored: counted.map((n, at) => (at === 9 ? n + 3 : n)),
          },
        ],
      },
      places: {
        things: 'cases',
        list: HOSTILE.map((name, at) => ({
          id: `l${at}`,
          name,
          ...(at > 0 && { point: { lat: at, lng: -at * 2 } }),
          count: 100 - at,
          placed: at === 2 ? 0 : 100 - at,
        })),
      },
      arrivals: {
        days: ['2026-11-01', '2026-11-02'],
        kinds: { 'case/dhis2': [3, 0], 'contact/dhis2': [1, 2] },
      },
    },
    ...rest,
  };
}

/** A plan of 3,000 changes, each of another cell. */
export function samplePlan(): PlanTable {
  const rows = Array.from({ length: 3000 }, (_, at) => [
    at < HOSTILE.length ? HOSTILE[at]! : `Facility number ${at % 400} of the district`,
    `2026W${(at % 40) + 1}`,
    `Cases, ${['confirmed', 'probable', 'suspected'][at % 3]}`,
    `${at % 7}-${(at % 7) + 9} years, ${at % 2 ? 'Female' : 'Male'}`,
    at % 3 ? null : at % 11,
    at % 97,
  ]);
  return {
    columns: ['org unit', 'period', 'data element', 'category option combo', 'old', 'new'],
    rows,
    total: 3000,
  };
}
