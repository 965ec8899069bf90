import { javaToId, UNREADABLE } from './java-text.js';
import type { SameIds } from './same-ids.js';
import { formOf } from './volatile.js';

/** One difference between two answers. */
export interface Difference {
  /** The place, without positions in lists: `response.conflicts[].value`; `(status)`, `(codes)`. */
  where: string;
  /** `missing`: only the real answer has it; `extra`: only the other has it. */
  kind: 'value' | 'type' | 'missing' | 'extra' | 'fewer' | 'more' | 'order';
  real: string;
  ours: string;
}

/** How two unequal values can count as the same. */
export interface Sameness {
  ids: SameIds;
  /** A text of the real answer, and of the other, without the parts that vary between runs. */
  settle: (text: string, of: 'real' | 'ours') => string;
  /** Whether texts at a place are compared by their form only. */
  byForm: (where: string) => boolean;
  /** Whether the order of a list is significant. */
  hasOrder: (where: string) => boolean;
}

type Json = Record<string, unknown>;

const show = (value: unknown) => JSON.stringify(value)?.slice(0, 160) ?? 'nothing';
const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/**
 * All differences between two JSON values, in their order: missing and extra keys, types, values,
 * and the lengths and order of lists.
 */
export function compare(real: unknown, ours: unknown, same: Sameness, where = ''): Difference[] {
  const [a, b] = [kindOf(real), kindOf(ours)];
  if (a !== b) return [{ where, kind: 'type', real: show(real), ours: show(ours) }];
  if (a === 'list') return compareLists(real as unknown[], ours as unknown[], same, where);
  if (a === 'object') return compareObjects(real as Json, ours as Json, same, where);
  if (a === 'string') return compareTexts(real as string, ours as string, same, where);
  return real === ours ? [] : [{ where, kind: 'value', real: show(real), ours: show(ours) }];
}

function compareTexts(real: string, ours: string, same: Sameness, where: string): Difference[] {
  if (same.ids.isMade(real) && same.ids.isMade(ours)) {
    same.ids.pair(real, ours);
    return [];
  }
  const text = javaToId(real);
  if (text === UNREADABLE) return [];
  const equal = same.byForm(where)
    ? formOf(real) === formOf(ours)
    : same.settle(text, 'real') === same.settle(javaToId(ours), 'ours');
  return equal ? [] : [{ where, kind: 'value', real: show(real), ours: show(ours) }];
}

function compareObjects(real: Json, ours: Json, same: Sameness, where: string): Difference[] {
  const found: Difference[] = [];
  for (const key of Object.keys(real)) {
    const path = where ? `${where}.${key}` : key;
    if (key in ours) found.push(...compare(real[key], ours[key], same, path));
    else found.push({ where: path, kind: 'missing', real: show(real[key]), ours: 'nothing' });
  }
  for (const key of Object.keys(ours)) {
    if (key in real) continue;
    const path = where ? `${where}.${key}` : key;
    found.push({ where: path, kind: 'extra', real: 'nothing', ours: show(ours[key]) });
  }
  return found;
}

function compareLists(real: unknown[], ours: unknown[], same: Sameness, where: string) {
  const path = `${where}[]`;
  if (real.length === ours.length) {
    const inPlace = real.flatMap((item, index) => compare(item, ours[index], same, path));
    if (inPlace.length === 0) return [];
  }
  const found: Difference[] = [];
  const named = (items: unknown[], of: 'real' | 'ours') =>
    items.map(item => ({ item, name: nameOf(item, text => same.settle(text, of)) }));
  const left = named(real, 'real');
  const right = named(ours, 'ours');
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  const [realNames, ourNames] = [names(left), names(right)];
  if (real.length !== ours.length) {
    const kind = real.length > ours.length ? 'fewer' : 'more';
    found.push({ where: path, kind, real: show(realNames), ours: show(ourNames) });
  }
  let place = 0;
  let inOrder = true;
  const rest = [...right];
  const unmatched: unknown[] = [];
  for (const { item, name } of left) {
    const index = rest.findIndex(other => other.name === name);
    if (index < 0) {
      unmatched.push(item);
      continue;
    }
    const [match] = rest.splice(index, 1);
    const at = right.indexOf(match!);
    if (at < place) inOrder = false;
    place = at;
    found.push(...compare(item, match!.item, same, path));
  }
  if (!inOrder && same.hasOrder(path)) {
    found.push({ where: path, kind: 'order', real: show(realNames), ours: show(ourNames) });
  }
  if (real.length === ours.length) {
    unmatched.forEach((item, index) => {
      found.push(...compare(item, rest[index]!.item, same, path));
    });
  }
  return found;
}

/** Keys that identify an item in its list; generated values do not. */
const NAMES = [
  ...['relationship', 'event', 'enrollment', 'note', 'attribute', 'dataElement', 'trackedEntity'],
  ...['id', 'uid', 'code', 'username', 'errorCode', 'klass', 'period', 'orgUnit', 'value'],
  ...['warningCode', 'message'],
];

function nameOf(item: unknown, settle: (text: string) => string): string {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) {
    return typeof item === 'string' ? settle(javaToId(item)) : settle(JSON.stringify(item) ?? '');
  }
  const own = item as Json;
  const named = NAMES.filter(key => typeof own[key] === 'string');
  if (named.length === 0) return settle(JSON.stringify(sorted(own)));
  return named.map(key => settle(String(own[key]))).join(' ');
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
