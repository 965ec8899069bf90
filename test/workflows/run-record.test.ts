import { afterEach, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { ACRE, aCase } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { problemsOf, readRecord } from '../support/records.js';
import { type Servers, startServers } from '../support/workflow.js';

const WORKFLOW = 'cases-to-data-values';
let servers: Servers | undefined;
afterEach(async () => {
  await servers?.close();
  servers = undefined;
});

interface Stored {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  value: string;
}

/** A clerk changes a value in DHIS2. */
async function change(value: Stored): Promise<void> {
  const { hostUrl, username, password } = servers!.credentials.dhis2 as Record<string, string>;
  const answer = await fetch(`${hostUrl}/api/dataValueSets`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    },
    body: JSON.stringify({ dataValues: [value] }),
  });
  expect(answer.status).toBe(200);
}

it('the record of a run compares both systems, and keeps what values were', async () => {
  const people = [
    aCase({ location: ACRE, date: '2026-03-10' }),
    aCase({ location: ACRE, date: '2026-03-24' }),
  ];
  servers = await startServers({ people });
  const project = editProject({});
  const credentials = temporaryJson('credentials.json', servers.credentials);
  const state = temporaryJson('state.json', { today: '2026-04-01' });
  const run = async (...args: string[]) => {
    const words = ['run', WORKFLOW, '--project', '.', '--credentials', credentials];
    const result = await runCommand([...words, '--state', state, ...args], project.folder);
    expect(result.stderr).not.toContain('Error');
    const report = JSON.parse(readRecord(project.folder, 'report.json', WORKFLOW));
    expect(problemsOf(report)).toEqual([]);
    return report;
  };
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  const sums = ({
    figures,
  }: {
    figures: { comparison: { elements: Record<string, number[]>[] } };
  }) => figures.comparison.elements.map(({ counted, stored }) => [sum(counted!), sum(stored!)]);

  const dry = await run('--dry-run');
  expect(sums(dry).filter(([counted]) => counted! > 0)).not.toEqual([]);
  expect(sums(dry).every(([, stored]) => stored === 0)).toBe(true);

  const written = await run();
  expect(sums(written).every(([counted, stored]) => counted === stored)).toBe(true);
  expect(written.versions).toMatchObject({
    DHIS2: expect.stringMatching(/^2\.4/),
    'Go.Data': '2.47 or later',
  });
  expect(written.figures.curve.periods).toEqual(['2026W11', '2026W12', '2026W13']);
  expect(written.figures.curve.dimensions.classification).toEqual({ CONFIRMED: [1, 0, 1] });
  expect(written.figures.places.list).toMatchObject([
    { id: ACRE, name: 'Acre', count: 2, placed: 2 },
  ]);

  const [first] = readRecord(project.folder, 'undo.csv', WORKFLOW).split('\r\n').slice(1);
  const [kind, id, made, , old, now] = first!.split(',');
  expect([kind, made, old, now]).toEqual(['data value', 'create', '', '1']);
  const [orgUnit, period, dataElement, categoryOptionCombo] = id!.split('/') as [
    string,
    string,
    string,
    string,
  ];
  await change({ orgUnit, period, dataElement, categoryOptionCombo, value: '17' });
  const compared = await run('--dry-run');
  expect(sums(compared).filter(([counted, stored]) => counted !== stored)).toHaveLength(1);
  await run();
  expect(readRecord(project.folder, 'undo.csv', WORKFLOW).split('\r\n')[1]).toBe(
    `data value,${id},update,value,17,1,`,
  );
  const files = ['report.json', 'report.html', 'changes.csv', 'undo.csv'];
  const names = people.flatMap(({ firstName, lastName }) => [firstName, lastName]).filter(Boolean);
  for (const file of files) {
    const text = readRecord(project.folder, file, WORKFLOW);
    expect(text).not.toBe('');
    for (const name of names) expect(text).not.toContain(name);
  }
  project.remove();
});
