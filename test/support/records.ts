import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { PROJECT } from './workflow.js';

const schema = JSON.parse(readFileSync(path.join(PROJECT, 'docs/run-report.schema.json'), 'utf8'));
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Why a report does not have the documented form; empty if it does. */
export function problemsOf(report: unknown): string[] {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The folders of a workflow's records, the oldest first, as paths from the project. */
export function recordsOf(project: string, workflow = 'small'): string[] {
  const folder = path.join('state/.local/runs', workflow);
  const above = path.join(project, folder);
  if (!existsSync(above)) return [];
  return readdirSync(above)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(time => path.posix.join(folder, time));
}

/** A file of the newest record of a workflow; empty if there is none. */
export function readRecord(project: string, file: string, workflow = 'small'): string {
  const record = recordsOf(project, workflow).at(-1);
  const at = record === undefined ? undefined : path.join(project, record, file);
  return at !== undefined && existsSync(at) ? readFileSync(at, 'utf8') : '';
}
