import type { AnyNode, Identifier, Program } from 'acorn';
import type MagicString from 'magic-string';

/** The exports of an adaptor that a job may use without importing them. */
export interface AdaptorExports {
  /** Package name, `@openfn/language-godata`. */
  name: string;
  /** Names of its exports, taken from the built module. */
  exports: string[];
}

/** One operation of a job, as the engine's source map names it. */
export interface Operation {
  /** Callee as written: `fn`, `http.get`. */
  name: string;
  /** Line in the job file, from 1. */
  line: number;
  /** Place among the operations, from 1. */
  order: number;
}

/**
 * A job being compiled. Every transform reads the one tree and edits the one text. Positions always
 * refer to the source, so comments and lines survive.
 */
export interface Job {
  source: string;
  file: string;
  ast: Program;
  text: MagicString;
  /** Identifiers that nothing in the job declares. */
  free: Identifier[];
  parents: Map<AnyNode, AnyNode>;
  adaptors: AdaptorExports[];
  operations: Operation[];
}
