import { measure, withServers } from '../measure/process.js';
import { runCommand, runDrained } from '../measure/run.js';

const TARGETS = { 10000: 2.5, 100000: 1.5, 1000000: 1.5 };
const PEAK = { least: 10_000, most: 1_000_000 };

/** Cases become data values: the first run writes them, the second finds nothing changed. */
export async function measureRows() {
  const rows = [];
  const peaks = {};
  for (const cases of Object.keys(TARGETS).map(Number)) {
    const args = ['bench/programs/case-servers.js', String(cases)];
    rows.push(...(await withServers(args, target => measureCases(cases, target, peaks))));
  }
  const peak = { work: `cases-to-data-values, ${PEAK.most} cases`, value: peaks[PEAK.most] };
  const name = `${PEAK.least} cases`;
  rows.push({ ...peak, figure: 'peak MB', target: 200 });
  rows.push({
    ...peak,
    figure: 'peak MB',
    beside: { name, value: peaks[PEAK.least] },
    target: 1.2,
    of: 'ratio',
  });
  return rows;
}

async function measureCases(cases, { outbreakId, credentials }, peaks) {
  const target = JSON.stringify({ outbreakId, credentials });
  const state = { outbreakId, today: '2026-07-01' };
  const first = await runCommand('cases-to-data-values', credentials, state);
  const second = await runCommand('cases-to-data-values', credentials, state);
  peaks[cases] = first.peakMb;
  const pager = await measure(['bench/programs/pager.js', target]);
  const loop = await measure(['bench/programs/common-loop.js', target]);
  const zipped = await measure(['bench/programs/common-loop.js', target, 'gzip']);
  const { steps } = await runDrained('cases-to-data-values', credentials, state);
  const step = {
    work: `step fetch-cases, ${cases} cases`,
    figure: 'CPU s',
    value: steps['fetch-cases'] / 1000,
  };
  const cpuSeconds = ({ stdout }) => JSON.parse(stdout).cpuMs / 1000;
  return [
    {
      work: `cases-to-data-values, ${cases} cases, nothing changed`,
      figure: 'CPU s',
      value: second.cpuMs / 1000,
      beside: { name: 'plain Node pager', value: pager.cpuMs / 1000 },
      ...(cases === 100_000 && { target: 3, of: 'ratio' }),
    },
    {
      work: `cases-to-data-values, ${cases} cases, nothing changed`,
      figure: 'peak MB',
      value: second.peakMb,
      beside: { name: 'plain Node pager', value: pager.peakMb },
    },
    {
      ...step,
      beside: { name: 'request of language-common and JSON.parse', value: cpuSeconds(loop) },
      target: TARGETS[cases],
      of: 'ratio',
    },
    { ...step, beside: { name: 'the same, with compressed answers', value: cpuSeconds(zipped) } },
  ];
}
