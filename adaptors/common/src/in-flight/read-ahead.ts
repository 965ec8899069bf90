import { MAX_IN_FLIGHT } from './max-in-flight.js';

/**
 * Reads ahead: begins several reads before the first answer is there, and gives the answers in the
 * order of the requests. At most `limit` reads are under way or wait to be taken, so that memory
 * holds no more answers than that. After an error, or when the caller stops early, no read is begun
 * any more, and those under way are awaited.
 *
 * @param requests taken one by one, each when there is room for its read
 * @param limit reads at the same time
 * @throws the error of the first read that failed
 * @example
 * for await (const page of readAhead(chunks, read)) use(page);
 */
export async function* readAhead<Q, A>(
  requests: Iterable<Q>,
  read: (request: Q) => Promise<A>,
  limit = MAX_IN_FLIGHT,
): AsyncGenerator<A> {
  const source = requests[Symbol.iterator]();
  const underWay: Promise<A>[] = [];
  const fill = () => {
    while (underWay.length < limit) {
      const next = source.next();
      if (next.done) return;
      const answer = read(next.value);
      // It is reported where it is awaited.
      answer.catch(() => {});
      underWay.push(answer);
    }
  };
  try {
    for (fill(); underWay.length > 0; fill()) {
      const answer = await underWay[0]!;
      underWay.shift();
      yield answer;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}
