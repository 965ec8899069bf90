import { Script } from 'node:vm';
import * as forms from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';

/**
 * What a job gives to its operation. The job runs with the forms of rows as its globals, and without
 * an adaptor: nothing is read or written.
 *
 * @param operation the operation that the job calls
 * @returns its first argument; undefined if the job cannot be read so
 */
function readArgument(source: string, operation: string): unknown {
  let argument: unknown;
  const globals = {
    ...forms,
    [operation]: (given: unknown) => {
      argument = given;
    },
  };
  try {
    new Script(source.replaceAll(/^export (?=const|let|function)/gm, '')).runInNewContext(globals);
  } catch {
    return undefined;
  }
  return argument;
}

/** The mapping of people of a job. */
export function readMapping(source: string): PeopleMapping | undefined {
  return readArgument(source, 'mapPeople') as PeopleMapping | undefined;
}

/**
 * The outbreak, by id or name, that a job writes to, if its run gives no other; undefined if it is one
 * for each org unit.
 */
export function readOutbreak(source: string): string | undefined {
  type Outbreak = { id?: string; name?: string } | undefined;
  const given = readArgument(source, 'upsertCases') as
    | { outbreak?: Outbreak | ((state: object) => Outbreak) }
    | undefined;
  const outbreak = typeof given?.outbreak === 'function' ? given.outbreak({}) : given?.outbreak;
  return outbreak?.id ?? outbreak?.name;
}
