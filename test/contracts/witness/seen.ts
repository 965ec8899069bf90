import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestShape } from './shape.js';

/** A request that an adaptor sent. */
export interface SeenRequest extends RequestShape {
  /** Of the server, `2.43.1`; empty if no process requested it. */
  version: string;
}

/** All requests that the processes of a test run have recorded, each once. */
export function readSeen(folder: string): SeenRequest[] {
  if (!existsSync(folder)) return [];
  const lines = readdirSync(folder)
    .filter(file => file.endsWith('.jsonl'))
    .flatMap(file => readFileSync(path.join(folder, file), 'utf8').split('\n'))
    .filter(line => line !== '');
  return [...new Set(lines)].map(line => JSON.parse(line));
}
