/** The progress of a step: `done` of `total` things, or of an unknown total. */
export interface Progress {
  /** What is counted, in the plural: `cases`, `data values`. */
  label: string;
  done: number;
  total?: number;
}

const LINE = /^progress: ([a-z -]+) (\d+)(?: of (\d+))?$/;

/**
 * Progress is sent as one log line, the only channel that every OpenFn host gives a job. A host
 * that knows the format draws a bar; any other host shows a readable line.
 *
 * @example
 * console.log(formatProgress({ label: 'cases', done: 2000, total: 5012 })); // progress: cases 2000 of 5012
 */
export function formatProgress({ label, done, total }: Progress): string {
  return `progress: ${label} ${done}${total === undefined ? '' : ` of ${total}`}`;
}

/**
 * Reads a line that {@link formatProgress} wrote.
 * @returns the progress, or undefined when the line is an ordinary one
 */
export function parseProgress(line: string): Progress | undefined {
  const match = LINE.exec(line);
  if (!match) return undefined;
  const [, label, done, total] = match;
  return {
    label: label!,
    done: Number(done),
    ...(total === undefined ? {} : { total: Number(total) }),
  };
}
