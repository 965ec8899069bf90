import { readFileSync } from 'node:fs';
import * as forms from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';

/** The mapping that a job gives to `mapPeople`, with the forms of rows as its globals. */
export function readMapping(file: string): PeopleMapping {
  let mapping: PeopleMapping | undefined;
  const names = Object.keys(forms);
  const source = readFileSync(file, 'utf8');
  new Function(...names, 'mapPeople', `'use strict';\n${source}`)(
    ...Object.values(forms),
    (given: PeopleMapping) => {
      mapping = given;
    },
  );
  if (!mapping) throw new Error(`${file} does not call mapPeople.`);
  return mapping;
}
