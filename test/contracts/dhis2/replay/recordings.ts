import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A request to a real DHIS2 server, and its answer. */
export interface Recording {
  /** `042`; the numbers follow the order in which the requests were sent. */
  pair: string;
  /** `042-org-units-page-1` */
  name: string;
  request: {
    method: string;
    /** Path with query, starting with `/api`, not escaped. */
    path: string;
    user?: string;
    headers: Record<string, string>;
    body?: unknown;
  };
  response: { status: number; headers: Record<string, string>; body?: unknown };
}

/**
 * The folder of the recordings, relative to the project's root: programs are bundled, tests are
 * not.
 */
export const CONTRACTS = path.join(process.cwd(), 'test/contracts/dhis2');

/** The versions that were recorded from an empty server, and their names in the sandbox. */
export const RECORDED = { '2.42.5.2': '2.42', '2.43.1': '2.43.1' } as const;

export type RecordedVersion = keyof typeof RECORDED;

/** All requests of a version and their answers, in order. */
export function readRecordings(version: string): Recording[] {
  const folder = path.join(CONTRACTS, version);
  return readdirSync(folder)
    .filter(file => /^\d{3}-.*\.json$/.test(file))
    .sort()
    .map(file => {
      const recording = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
      return { pair: file.slice(0, 3), name: file.replace('.json', ''), ...recording };
    });
}

/** The metadata and the accounts of the server that was recorded. */
export function readWorld(): World {
  return JSON.parse(readFileSync(path.join(CONTRACTS, 'world.json'), 'utf8'));
}

/** The properties of an object that are read; objects of a world have more. */
export interface WorldObject {
  id: string;
  [property: string]: unknown;
}

export type World = Record<string, WorldObject[]>;
