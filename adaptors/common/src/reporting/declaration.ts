import type { DeclaredRow } from './declared-row.js';

/** Something about an operation that can be wrong before anything runs. */
export interface DeclaredProblem {
  /** One sentence, with the place in the options. */
  message: string;
  fix?: string;
  /** What is wrong, as the job writes it: hosts look for its place in the text. */
  word?: string;
}

/**
 * What an operation says of itself before it runs, so that a host can hold the jobs of a workflow
 * against each other without their servers.
 */
export interface Declaration {
  /** What it leaves for the next operation, as far as its options tell. */
  gives?: object;
  /** Problems of its options with what the operation before it gives. */
  check?(given: object): DeclaredProblem[];
  /** The rows of its mapping, for hosts that show them. */
  rows?(): DeclaredRow[];
}

/** The same in every copy of this module: each adaptor, and the host, is built with one. */
const KEY = Symbol.for('godata-dhis2.declaration');

/**
 * Adds a declaration to an operation. Hosts that do not know it are not disturbed.
 *
 * @returns the same operation
 */
export function declare<T extends object>(operation: T, declaration: Declaration): T {
  return Object.defineProperty(operation, KEY, { value: declaration });
}

/** The declaration of an operation, of whatever copy of this module; undefined if it has none. */
export function readDeclaration(operation: unknown): Declaration | undefined {
  return typeof operation === 'function' ? (operation as { [KEY]?: Declaration })[KEY] : undefined;
}
