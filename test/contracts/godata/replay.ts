import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '#sandbox/godata/index.js';

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

const FOLDER = path.join(import.meta.dirname, '2.50.3');

/** All recordings beside this file, in the order in which they were made. */
export function readRecordings(): Recording[] {
  return readdirSync(FOLDER)
    .sort()
    .map(file => {
      const pair = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
      return { number: Number(file.slice(0, 3)), name: file.replace('.json', ''), ...pair };
    });
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** All ids in a value that look as if the server had made them up. */
export function idsIn(value: unknown): string[] {
  return JSON.stringify(value)?.match(UUID) ?? [];
}

/** Those that records in an answer have as their own, in the order of the answer. */
export function ownIdsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'id' ? idsIn(item) : ownIdsIn(item),
  );
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
  /^(createdAt|updatedAt|dbUpdatedAt|deletedAt|created|started|uptime|lastLogin|lastUpdateDate|access_token)$/;

/** An answer without what no two sessions share, for a comparison of its values. */
export function settled(value: unknown, ignored: readonly string[] = [], within = ''): unknown {
  if (Array.isArray(value)) return value.map(item => settled(item, ignored, within));
  if (value === null || typeof value !== 'object') return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value).sort()) {
    const stamp = VOLATILE.test(key) || (within.endsWith('History') && key.endsWith('Date'));
    if (!ignored.includes(key)) copy[key] = stamp ? 'volatile' : settled(item, ignored, key);
  }
  return copy;
}

/** The same with every list in an order that the contents of its items decide. */
export function unordered(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unordered(item)]));
  }
  const textOf = (item: unknown) => JSON.stringify(settled(item));
  return value.map(unordered).sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

/** When the records in an answer were last changed, by their ids. */
export function stampsIn(value: unknown): Map<string, string> {
  if (value === null || typeof value !== 'object') return new Map();
  const { id, updatedAt } = value as JsonObject;
  const own = typeof updatedAt === 'string' ? [[String(id), updatedAt] as const] : [];
  return new Map([...own, ...Object.values(value).flatMap(item => [...stampsIn(item)])]);
}
