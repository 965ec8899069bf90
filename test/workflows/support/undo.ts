import { onTestFinished } from 'vitest';
import type { BothServers } from '../../support/both-servers.js';
import { runCommand, temporaryJson } from '../../support/command.js';
import { editProject } from '../../support/project.js';
import { problemsOf, readRecord } from '../../support/records.js';

/** A project of its own whose runs are taken back. */
export function createUndoProject(servers: BothServers, workflow: string, state: object = {}) {
  const { folder, remove } = editProject({}, workflow);
  onTestFinished(remove);
  const credentials = temporaryJson('credentials.json', servers.credentials);
  const stateFile = temporaryJson('state.json', state);
  const command = (...args: string[]) =>
    runCommand([...args, '--credentials', credentials, '--project', '.'], folder);
  return {
    folder,
    credentials,
    /** Runs the workflow, and returns the time of its record. */
    async run(...args: string[]): Promise<string> {
      const { stdout, stderr } = await command('run', workflow, '--state', stateFile, ...args);
      const time = /runs\/[\w-]+\/([^/]+)\//.exec(stdout)?.[1];
      if (!time) throw new Error(`${stdout}${stderr}`);
      return time;
    },
    undo: (time: string, ...args: string[]) => command('undo', time, ...args),
    /** The report of the newest record. */
    report() {
      const report = JSON.parse(readRecord(folder, 'report.json', workflow));
      const problems = problemsOf(report);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return report;
    },
    undoFile: () => readRecord(folder, 'undo.csv', workflow),
  };
}
