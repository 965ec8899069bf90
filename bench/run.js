// npm run bench [-- --check] [start cases ...]: measures, prints a table, and with --check ends with
// 1 if a target is missed by more than a tenth.
import { isMissed, toTable } from './measure/table.js';

const GROUPS = ['start', 'cases', 'org-units', 'people', 'network', 'peers'];
/** Takes half an hour: only if it is named. */
const LONG = ['crowd'];
const args = process.argv.slice(2);
const chosen = args.filter(arg => arg !== '--check');
const unknown = chosen.find(name => ![...GROUPS, ...LONG].includes(name));
if (unknown) {
  console.error(`There is no ${unknown}. Choose from: ${[...GROUPS, ...LONG].join(', ')}, --check`);
  process.exit(2);
}

/** @type {import('./measure/table.js').Row[]} */
const rows = [];
for (const name of chosen.length > 0 ? chosen : GROUPS) {
  console.error(`measuring ${name}`);
  const { measureRows } = await import(`./rows/${name}.js`);
  rows.push(...(await measureRows()));
}
console.log(toTable(rows));
const missed = rows.filter(isMissed);
if (args.includes('--check') && missed.length > 0) {
  console.error(`Missed: ${missed.map(({ work, figure }) => `${work}, ${figure}`).join('; ')}`);
  process.exitCode = 1;
}
