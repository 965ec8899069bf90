import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import * as forms from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';

/**
 * The mapping that a job gives to `mapPeople`. The job is run as OpenFn runs it, with the forms of
 * rows as global names; its other operations do nothing.
 *
 * @param file path of the job: `jobs/people/map-people.js`
 * @throws Error if the job does not call `mapPeople`, or is no JavaScript
 */
export function readMapping(file: string): PeopleMapping {
  let mapping: PeopleMapping | undefined;
  const mapPeople = (given: PeopleMapping) => {
    mapping = given;
  };
  const names = { ...forms, mapPeople, console };
  runInContext(readFileSync(file, 'utf8'), createContext(names), { filename: file });
  if (!mapping) throw new Error(`${file} does not call mapPeople(...).`);
  return mapping;
}
