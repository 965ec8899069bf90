/** Visual ids with the same text around a number, and the highest of these numbers. */
interface Stem {
  before: string;
  after: string;
  highest: number;
}

/**
 * The visual ids of an outbreak and their people, of all kinds. The highest number after each stem
 * is stored, so the next free one is found at once.
 */
export class VisualIds {
  readonly #owners = new Map<string, Set<string>>();
  readonly #stems = new Map<string, Stem>();

  add(visualId: string, personId: string): void {
    const owners = this.#owners.get(visualId) ?? new Set();
    this.#owners.set(visualId, owners.add(personId));
    for (const stem of this.#stems.values()) {
      stem.highest = Math.max(stem.highest, numberIn(visualId, stem) ?? 0);
    }
  }

  delete(visualId: string, personId: string): void {
    const owners = this.#owners.get(visualId);
    owners?.delete(personId);
    if (owners?.size !== 0) return;
    this.#owners.delete(visualId);
    for (const [key, stem] of this.#stems) {
      if (numberIn(visualId, stem) === stem.highest) this.#stems.delete(key);
    }
  }

  /** Whether anybody but this person has the visual id. */
  isTaken(visualId: string, exceptPersonId?: string): boolean {
    const owners = [...(this.#owners.get(visualId) ?? [])];
    return owners.some(owner => owner !== exceptPersonId);
  }

  /** The highest number between two texts, 0 if there is none. */
  highest(before: string, after: string): number {
    const key = JSON.stringify([before, after]);
    const stem = this.#stems.get(key) ?? { before, after, highest: 0 };
    if (!this.#stems.has(key)) {
      for (const visualId of this.#owners.keys()) {
        stem.highest = Math.max(stem.highest, numberIn(visualId, stem) ?? 0);
      }
      this.#stems.set(key, stem);
    }
    return stem.highest;
  }
}

function numberIn(visualId: string, { before, after }: Stem): number | undefined {
  if (!visualId.startsWith(before) || !visualId.endsWith(after)) return undefined;
  const digits = visualId.slice(before.length, visualId.length - after.length);
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
