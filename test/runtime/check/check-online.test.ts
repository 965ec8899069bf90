import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../../support/command.js';
import { aCase } from '../../support/outbreak.js';
import { editProject } from '../../support/project.js';
import { type Servers, startServers } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers.close());

const check = (folder: string, ...more: string[]) =>
  runCommand([
    'check',
    '--project',
    folder,
    '--online',
    '--credentials',
    temporaryJson('credentials.json', servers.credentials),
    ...more,
  ]);

interface Finding {
  workflow: string;
  severity: string;
  code: string;
}
const findingsOf = ({ stdout }: { stdout: string }, workflow: string) =>
  (JSON.parse(stdout).online as Finding[]).filter(one => one.workflow === workflow);

describe('check --online', () => {
  it('finds what a live server does not have, and writes nothing', async () => {
    servers = await startServers({ people: [aCase(), aCase({ classification: 'EPI_LINKED' })] });
    const project = editProject({
      'aggregate.js': source => source.replace("'SEX_MALE'", "'SEX_MAEL'"),
    });
    const result = await check(project.folder, '--json');
    expect(findingsOf(result, 'cases-to-data-values')).toMatchObject([
      { severity: 'error', code: 'MAPPING_PROBLEMS' },
      { severity: 'warning', code: 'unmapped-code' },
    ]);
    expect(result.status).toBe(2);
    expect(servers.dhis2.requests.writes() + servers.goData.requests.writes()).toBe(0);
    project.remove();
  });

  it('has nothing against a mapping that fits', async () => {
    servers = await startServers({ people: [aCase()] });
    const project = editProject({});
    const result = await check(project.folder, '--json');
    expect(findingsOf(result, 'cases-to-data-values')).toEqual([]);
    expect(findingsOf(result, 'org-units-to-locations')).toEqual([]);
    project.remove();
  });

  it('needs credentials, and says so', async () => {
    servers = await startServers({});
    const project = editProject({});
    const { status, stdout } = await runCommand(['check', '--project', project.folder, '--online']);
    expect(stdout).toContain('--credentials');
    expect(status).toBe(2);
    project.remove();
  });
});
