import type { Recording } from './recordings.js';
import { Session, type Target } from './session.js';
import { type Judgement, judge } from './verdict.js';

/** A recorded request, and the verdict on another server's answer. */
export type Outcome = Judgement & { recording: Recording };

/** Pairs that create the world: a sandbox is seeded with it, a real server receives them. */
export const MAKES_THE_WORLD = ['002', '003', '004'];

/**
 * Sends recorded requests in order and judges each answer.
 *
 * @param skip numbers of pairs that are neither sent nor judged
 * @param check throws when no more requests may be sent
 */
export async function replay(
  recordings: readonly Recording[],
  target: Target,
  skip: readonly string[] = [],
  check: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const session = new Session(target);
  const outcomes: Outcome[] = [];
  for (const recording of recordings) {
    if (skip.includes(recording.pair)) continue;
    const answer = await session.play(recording);
    const outcome = { recording, ...judge(recording, answer, session.sameness(recording)) };
    check(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}
