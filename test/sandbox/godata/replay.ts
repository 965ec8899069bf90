import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../../sandbox/src/godata/index.js';

/** A pair that the real Go.Data 2.50.3 produced; tokens are redacted, long lists of permissions cut. */
export interface Recording {
  number: number;
  name: string;
  request: {
    method: string;
    path: string;
    rawPath?: string;
    headers?: Record<string, string>;
    body?: unknown;
  };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const FOLDER = path.join(import.meta.dirname, 'recordings');

/** All recordings beside this file, in the order in which they were made. */
export function readRecordings(): Recording[] {
  return readdirSync(FOLDER)
    .sort()
    .map(file => {
      const pair = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
      return { number: Number(file.slice(0, 3)), name: file.replace('.json', ''), ...pair };
    });
}

/** The ids of the recording and those that the sandbox gave out in their place. */
export class IdMap {
  readonly #ours = new Map<string, string>();

  /** Learns the ids of an answer from its counterpart. */
  learn(recorded: unknown, ours: unknown): void {
    if (Array.isArray(recorded) && Array.isArray(ours)) {
      for (const [index, item] of recorded.entries()) this.learn(item, ours[index]);
      return;
    }
    const [theirId, ourId] = [(recorded as JsonObject)?.id, (ours as JsonObject)?.id];
    if (typeof theirId === 'string' && typeof ourId === 'string') this.#ours.set(theirId, ourId);
  }

  /** A text of the recording with the sandbox's ids in it. */
  translate(text: string): string {
    let translated = text;
    for (const [theirs, ours] of this.#ours) translated = translated.replaceAll(theirs, ours);
    return translated;
  }
}

/**
 * The keys and types of an answer: `{ id: 'string', age: { years: 'number' } }`; of a list, the
 * shape of its first item. Texts that are instants are told from other texts.
 */
export function shapeOf(value: unknown, ignored: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0], ignored)];
  if (typeof value === 'string') {
    return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? 'instant' : 'string';
  }
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value;
  const shape: JsonObject = {};
  for (const key of Object.keys(value).sort()) {
    if (!ignored.includes(key)) shape[key] = shapeOf((value as JsonObject)[key], ignored);
  }
  return shape;
}

/** Texts that no two sessions share: stamps of the clock, tokens. */
const VOLATILE =
  /^(createdAt|updatedAt|dbUpdatedAt|deletedAt|created|started|uptime|lastLogin|access_token)$/;

/** An answer without what no two sessions share, for a comparison of its values. */
export function settled(value: unknown, ignored: readonly string[] = [], within = ''): unknown {
  if (Array.isArray(value)) return value.map(item => settled(item, ignored, within));
  if (value === null || typeof value !== 'object') return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const stamp =
      VOLATILE.test(key) || (within === 'classificationHistory' && key.endsWith('Date'));
    if (!ignored.includes(key)) copy[key] = stamp ? 'volatile' : settled(item, ignored, key);
  }
  return copy;
}
