import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/rougeole');

/** Path of a file of a country's own measles programs; its README says what each is. */
export function rougeoleFile(name: string): string {
  return path.join(FOLDER, name);
}

/** The content of such a file. */
export function readRougeole<T = Record<string, unknown>>(name: string): T {
  return JSON.parse(readFileSync(rougeoleFile(name), 'utf8'));
}

/** All exports of the country's DHIS2. */
const ROUGEOLE_METADATA = [
  'program-cas.json',
  'program-contacts.json',
  'data-set.json',
  'metadata.json',
] as const;

/** The sandbox's options for the whole country: both servers with its metadata. */
export const ROUGEOLE_OPTIONS: readonly string[] = [
  ...ROUGEOLE_METADATA.flatMap(name => ['--dhis2-metadata', rougeoleFile(name)]),
  ...['--godata-template', rougeoleFile('outbreak.json')],
  ...['--godata-reference-data', rougeoleFile('reference-data.json')],
  ...['--godata-labels', rougeoleFile('labels.json')],
];
