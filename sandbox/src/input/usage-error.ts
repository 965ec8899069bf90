/** An error that the user can correct, in a file or an option. It ends the program with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do. */
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** The lines for stderr. Any other error gets its message too, the stack only on request. */
export function formatProblem(error: unknown): string {
  if (error instanceof UsageError) return `Error: ${error.message}\n  What to do: ${error.fix}\n`;
  return `Error: ${error instanceof Error ? error.message : String(error)}\n`;
}
