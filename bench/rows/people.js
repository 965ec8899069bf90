import { COMMAND, measureLeast, withServers } from '../measure/process.js';
import { runDrained } from '../measure/run.js';

const COUNTS = [1000, 3000, 10_000];
/** The most that a memory holds. */
const FULL = 20_000;
const TARGET_MS = 1.5;

/**
 * People in both directions: the first run writes all of them, the second finds nothing changed.
 *
 * @param {number[]} [counts] numbers of people
 */
export async function measureRows(counts = COUNTS) {
  const start = await measureLeast(3, [COMMAND, 'run', 'two-way', '--help']);
  const rows = [];
  for (const people of counts) {
    const args = ['bench/programs/people-servers.js', String(people)];
    rows.push(...(await withServers(args, target => measurePeople(people, target, start))));
  }
  return rows;
}

async function measurePeople(people, { credentials }, start) {
  const key = { memoryKey: 'a key that only the bench needs' };
  const both = {
    godata: { ...credentials.godata, ...key },
    dhis2: { ...credentials.dhis2, ...key },
  };
  const toMs = ({ cpuMs }) => (cpuMs - start.cpuMs) / people;
  const first = await runDrained('two-way', both, {});
  const { memory } = first.state;
  const again = await runDrained('two-way', both, { memory });
  const atFull = await runDrained('two-way', both, { memory: fill(memory) });
  const work = `two-way, ${people} people`;
  const figure = 'CPU ms each, without the start';
  const largest = Math.max(...[first, again, atFull].map(({ largestStateMb }) => largestStateMb));
  return [
    { work: `${work}, first run`, figure, value: toMs(first), target: TARGET_MS },
    { work: `${work}, nothing changed`, figure, value: toMs(again), target: TARGET_MS },
    { work: `${work}, memory of ${FULL} people`, figure, value: toMs(atFull), target: 1.8 },
    { work, figure: 'largest state, MB', value: largest, target: 8 },
    { work, figure: 'peak MB', value: first.peakMb },
  ];
}

/** The same memory with as many people as it can hold: others have the fields of those it knows. */
function fill({ people, ...memory }) {
  const texts = people.split(' ').filter((_, n) => n % 2 === 1);
  const more = Array.from(
    { length: Math.max(0, FULL - texts.length) },
    (_, n) => `Q${String(n).padStart(10, '0')} ${texts[n % texts.length]}`,
  );
  return { ...memory, people: [...more, people].join(' ') };
}
