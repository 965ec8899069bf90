import { emptyTable } from '../collections/own.js';
import { type ApiAnswer, type ApiRequest, createRequester } from '../http/index.js';
import { configurationError, IntegrationError } from '../reporting/errors.js';
import type { MemoryTable } from './memory.js';

/** Items in one request, the most that the platform gives. */
const PAGE_SIZE = 1000;
const LIST = 'list:';
const PERSON = 'person:';
const KEY = 'key';

interface Item {
  key: string;
  /** JSON. */
  value: string;
}

interface Page {
  items?: Item[];
  cursor?: string | null;
}

/** A memory in an OpenFn collection: one item for each person, and one for each list of fields. */
export interface MemoryCollection {
  /** One request for every 1,000 items. */
  read(): Promise<MemoryTable>;
  write(changes: MemoryTable): Promise<void>;
  requests(): number;
}

/**
 * Opens a collection of the platform. The worker gives a step the address of the collections and a
 * token if the job's code contains the word `collections.`.
 *
 * @param configuration the step's configuration, with what the worker added
 * @param part begins the keys, if several workflows share the collection
 * @returns undefined if there is no access to collections
 */
export function openCollection(
  configuration: unknown,
  name: string,
  part?: string,
): MemoryCollection | undefined {
  const prefix = part === undefined ? '' : `${part}/`;
  const { collections_endpoint: baseUrl, collections_token: token } = (configuration ??
    {}) as Record<string, unknown>;
  if (typeof baseUrl !== 'string' || typeof token !== 'string') return undefined;
  const requester = createRequester('OpenFn', { baseUrl, timeoutMs: 60_000 });
  const send = async (request: Omit<ApiRequest, 'path' | 'params' | 'headers'>) => {
    const answer = await requester.send({
      ...request,
      path: '/{name}',
      params: { name },
      headers: { Authorization: `Bearer ${token}` },
    });
    if (answer.status >= 400) throw refused(name, answer);
    return answer.body;
  };
  return {
    async read() {
      const stored: MemoryTable = { lists: emptyTable(), people: emptyTable() };
      for (let cursor: string | undefined; ; ) {
        const query = { key: `${prefix}*`, limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) };
        const page = (await send({ method: 'GET', query })) as Page;
        for (const { key, value } of page.items ?? []) {
          if (key.startsWith(prefix)) readItem({ key: key.slice(prefix.length), value }, stored);
        }
        if (!page.cursor || page.cursor === cursor) return stored;
        cursor = page.cursor;
      }
    },
    async write({ key, lists, people }) {
      if (Object.keys(people).length === 0) return;
      const items = [
        toItem(prefix + KEY, key),
        ...Object.entries(lists).map(([id, fields]) => toItem(prefix + LIST + id, fields)),
        ...Object.entries(people).map(([id, text]) => toItem(prefix + PERSON + id, text)),
      ];
      for (let from = 0; from < items.length; from += PAGE_SIZE) {
        const body = { items: items.slice(from, from + PAGE_SIZE) };
        await send({ method: 'POST', body, idempotent: true });
      }
    },
    requests: () => requester.count,
  };
}

function toItem(key: string, value: unknown): Item {
  return { key, value: JSON.stringify(value) };
}

/** An item that cannot be read is dropped; items with other keys belong to others. */
function readItem({ key, value }: Item, stored: MemoryTable): void {
  try {
    const read: unknown = JSON.parse(value);
    if (key === KEY) stored.key = read as string;
    if (key.startsWith(LIST)) stored.lists[key.slice(LIST.length)] = read as string[];
    if (key.startsWith(PERSON)) stored.people[key.slice(PERSON.length)] = read as string;
  } catch {
    return;
  }
}

function refused(name: string, { status }: ApiAnswer): IntegrationError {
  if (status === 404) {
    return configurationError('NO_COLLECTION', `The project has no collection "${name}".`, {
      fix: "Create it in the project's settings, or correct memory.collection in the job.",
    });
  }
  return new IntegrationError({
    code: 'COLLECTION_REFUSED',
    message: `The platform's collection "${name}" answered ${status}.`,
    fix: 'Check that the collection is not full and that the run may use it. The next run continues.',
    details: { status },
  });
}
