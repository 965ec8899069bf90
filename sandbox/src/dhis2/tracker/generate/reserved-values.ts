import type { TrackerStore } from '../store/tracker-store.js';
import { type GeneratedSegment, randomText } from './text-pattern.js';

/** Attempts to find an unused random value, before all values count as used. */
const ATTEMPTS = 100;

/** The shape of a value: its generated segment, and the text before and after it. */
export interface ValueShape {
  before: string;
  segment: GeneratedSegment;
  after: string;
}

/** A pattern in which only the generated segment is not filled in. */
export function keyOf({ before, segment: { kind, format }, after }: ValueShape): string {
  return `${before}${kind}(${format})${after}`;
}

/**
 * The values of generated attributes that clients have reserved. They are kept until the server
 * stops; values in use are never reserved again.
 */
export class ReservedValues {
  private readonly given = new Set<string>();
  private readonly counters = new Map<string, number>();

  constructor(private readonly tracker: TrackerStore) {}

  /** Reserves values; returns fewer if there are no more. */
  reserve(attribute: string, shape: ValueShape, count: number): string[] {
    const values: string[] = [];
    while (values.length < count) {
      const value = this.next(attribute, shape);
      if (value === undefined) break;
      this.given.add(`${attribute} ${value}`);
      values.push(value);
    }
    return values;
  }

  private next(attribute: string, shape: ValueShape): string | undefined {
    const { before, segment, after } = shape;
    const { kind, format } = segment;
    const write = (part: string) => `${before}${part}${after}`;
    if (kind === 'RANDOM') {
      const values = Array.from({ length: ATTEMPTS }, () => write(randomText(format)));
      return values.find(value => this.isFree(attribute, value));
    }
    const counter = `${attribute} ${keyOf(shape)}`;
    for (
      let number = (this.counters.get(counter) ?? 0) + 1;
      number < 10 ** format.length;
      number += 1
    ) {
      this.counters.set(counter, number);
      const value = write(String(number).padStart(format.length, '0'));
      if (this.isFree(attribute, value)) return value;
    }
    return undefined;
  }

  private isFree(attribute: string, value: string): boolean {
    return (
      !this.given.has(`${attribute} ${value}`) &&
      this.tracker.trackedEntitiesWith(attribute, value).length === 0
    );
  }
}
