import type { PeopleSource, Person } from '../types.js';
import type { Rows } from './collection.js';

const PAGE = 1000;

/** The people of a lazy source as rows: read page by page, never held all at once. */
export class SourceRows implements Rows<Person> {
  readonly #source: PeopleSource;

  constructor(source: PeopleSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.count;
  }

  get(id: string): Person | undefined {
    // The largest text below `id` is unknown, so the search begins at its stem.
    const below = id.slice(0, -1);
    for (const person of this.after(below)) {
      if (person.id === id) return person;
      if (person.id > id) return undefined;
    }
    return undefined;
  }

  skip(afterId: string | undefined, count: number): string | undefined {
    return this.#source.skip(afterId, count);
  }

  *after(id?: string): Iterable<Person> {
    let last = id;
    for (;;) {
      const page = this.#source.page(last, PAGE);
      yield* page;
      if (page.length < PAGE) return;
      last = page.at(-1)?.id;
    }
  }
}
