import type { TrackerKind } from '../types.js';
import { type TrackerCode, trackerMessage } from './messages.js';

/** An error or a warning about an object. */
export interface Finding {
  code: TrackerCode;
  kind: TrackerKind;
  uid: string;
  message: string;
  args: string[];
}

/** Ends a validation at the first error. */
export class FailFast extends Error {}

type Subject = { kind: TrackerKind; uid: string };

/** Collects the findings of a validation. */
export class Reporter {
  readonly errors: Finding[] = [];
  readonly warnings: Finding[] = [];
  private readonly invalid = new Set<string>();
  private readonly known = new Set<string>();

  constructor(
    private readonly minor: number,
    private readonly failsFast: boolean,
  ) {}

  /** @throws FailFast when the first error ends the validation */
  error(subject: Subject, code: TrackerCode, ...args: (string | undefined)[]): void {
    this.invalid.add(keyOf(subject));
    this.add(this.errors, subject, code, args);
    if (this.failsFast) throw new FailFast();
  }

  warning(subject: Subject, code: TrackerCode, ...args: string[]): void {
    this.add(this.warnings, subject, code, args);
  }

  /** Reports an error about an object that is valid itself but cannot be written. */
  refuse(subject: Subject, code: TrackerCode, ...args: string[]): void {
    this.add(this.errors, subject, code, args);
  }

  isInvalid(subject: Subject): boolean {
    return this.invalid.has(keyOf(subject));
  }

  private add(
    findings: Finding[],
    { kind, uid }: Subject,
    code: TrackerCode,
    args: readonly (string | undefined)[],
  ): void {
    // Java prints an absent argument as `null`.
    const texts = args.map(arg => arg ?? 'null');
    const { message, args: used } = trackerMessage(this.minor, code, texts);
    const key = `${keyOf({ kind, uid })} ${code} ${message}`;
    if (!this.known.has(key)) findings.push({ code, kind, uid, message, args: used });
    this.known.add(key);
  }
}

function keyOf({ kind, uid }: Subject): string {
  return `${kind} ${uid}`;
}
