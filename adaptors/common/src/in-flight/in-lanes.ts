import { MAX_IN_FLIGHT } from './max-in-flight.js';

/**
 * Does tasks, several at a time. Tasks that share a lane are done one after the other, in their
 * order; a task with two lanes waits for both. After the first error no task is begun any more, and
 * those under way are awaited, so that nothing happens after the error was thrown.
 *
 * @param lanesOf names of what a task may not share with another one, such as ids of people
 * @param limit tasks at the same time
 * @throws the first error of a task
 * @example
 * await inLanes(labResults, ({ at }) => [at.id], send);
 */
export function inLanes<T>(
  tasks: readonly T[],
  lanesOf: (task: T) => readonly string[],
  act: (task: T) => Promise<unknown>,
  limit = MAX_IN_FLIGHT,
): Promise<void> {
  const { waitsFor, followers } = orderInLanes(tasks, lanesOf);
  const ready = tasks.flatMap((_, index) => (waitsFor[index] === 0 ? [index] : []));
  return new Promise((resolve, reject) => {
    let begun = 0;
    let underWay = 0;
    let failure: { error: unknown } | undefined;
    const perform = async (index: number) => {
      try {
        await act(tasks[index]!);
        for (const follower of followers[index]!) {
          waitsFor[follower]! -= 1;
          if (waitsFor[follower] === 0) ready.push(follower);
        }
      } catch (error) {
        failure ??= { error };
      }
      underWay -= 1;
      proceed();
    };
    const proceed = () => {
      while (!failure && underWay < limit && begun < ready.length) {
        underWay += 1;
        begun += 1;
        void perform(ready[begun - 1]!);
      }
      if (underWay > 0) return;
      if (failure) reject(failure.error);
      else resolve();
    };
    proceed();
  });
}

/** For each task, how many tasks it waits for, and the tasks that wait for it. */
function orderInLanes<T>(tasks: readonly T[], lanesOf: (task: T) => readonly string[]) {
  const waitsFor = tasks.map(() => 0);
  const followers = tasks.map(() => [] as number[]);
  const lastIn = new Map<string, number>();
  for (const [index, task] of tasks.entries()) {
    for (const lane of new Set(lanesOf(task))) {
      const former = lastIn.get(lane);
      if (former !== undefined) {
        followers[former]!.push(index);
        waitsFor[index]! += 1;
      }
      lastIn.set(lane, index);
    }
  }
  return { waitsFor, followers };
}
