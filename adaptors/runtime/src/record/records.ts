import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { localFolder, openLocalFolder } from '../files/local-folder.js';
import { makeFolder } from '../files/write-atomically.js';

/** Where a run leaves its record: a folder named after the second in which it began. */
export interface RunRecord {
  workflow: string;
  /** `2026-11-29T14-13-48Z`; the second run of the same second has `-2` behind it. */
  time: string;
  folder: string;
}

/** The files of a record, as paths from the current folder. */
export interface RecordFiles {
  report: string;
  /** Written if a step made a plan. */
  changes: string;
  /** Written if the run changed something. */
  undo: string;
  /** The page for a browser. */
  page: string;
}

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?$/;

const runsFolder = (project: string) => path.join(localFolder(project), 'runs');

/** A time as the name of a record: file systems of Windows allow no colon. */
function toName(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/**
 * Makes the folder of a run's record.
 *
 * @param project folder of project.yaml
 * @param time when the run began, in milliseconds since 1970
 */
export function createRecord(project: string, workflow: string, time: number): RunRecord {
  const above = path.join(runsFolder(project), workflow);
  openLocalFolder(project);
  makeFolder(above, { isPrivate: true });
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? toName(time) : `${toName(time)}-${n}`;
    const folder = path.join(above, name);
    try {
      mkdirSync(folder, { mode: 0o700 });
      return { workflow, time: name, folder };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The paths of the files of a record. */
export function filesOf({ folder }: RunRecord): RecordFiles {
  const relative = (file: string) => path.relative('', path.join(folder, file));
  return {
    report: relative('report.json'),
    changes: relative('changes.csv'),
    undo: relative('undo.csv'),
    page: relative('report.html'),
  };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(name => lstatSync(path.join(folder, name)).isDirectory());
}

/** All records of a project, or of one workflow, the newest first. */
export function listRecords(project: string, workflow?: string): RunRecord[] {
  const workflows = foldersIn(runsFolder(project)).filter(
    name => workflow === undefined || name === workflow,
  );
  const records = workflows.flatMap(name => {
    const above = path.join(runsFolder(project), name);
    const times = foldersIn(above).filter(time => NAME.test(time));
    return times.map(time => ({ workflow: name, time, folder: path.join(above, time) }));
  });
  return records.sort((a, b) => compareTimes(b.time, a.time));
}

/** The tenth run of a second comes after its second one. */
function compareTimes(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** How many records of a workflow stay: a number of the newest, or those of the last days. */
export type Keep = { newest: number } | { days: number };

/** The records that stay unless the command line says otherwise. */
export const DEFAULT_KEEP: Keep = { newest: 50 };

const DAY_MS = 86_400_000;

/**
 * Removes the old records of a workflow. The newest one always stays.
 *
 * @param now milliseconds since 1970
 */
export function pruneRecords(project: string, workflow: string, keep: Keep, now: number): void {
  const [, ...older] = listRecords(project, workflow);
  const gone =
    'newest' in keep
      ? older.slice(keep.newest - 1)
      : older.filter(({ time }) => time < toName(now - keep.days * DAY_MS));
  for (const { folder } of gone) rmSync(folder, { recursive: true, force: true });
}
