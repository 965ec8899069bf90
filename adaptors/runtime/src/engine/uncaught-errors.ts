/** Watches for errors that no step can catch. */
export interface UncaughtErrors {
  /** Rejects with the first of them; never resolves. */
  readonly failure: Promise<never>;
  stop(): void;
}

/**
 * Catches errors that a job throws outside its step: in a timer, or in a promise that nothing
 * awaits. Node would end the process without a report on what was written.
 */
export function watchUncaughtErrors(): UncaughtErrors {
  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  return {
    failure,
    stop() {
      process.off('uncaughtException', fail);
      process.off('unhandledRejection', fail);
    },
  };
}
