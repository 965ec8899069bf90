import { readSample, type SampleRequest } from './sample.js';

/** A value with where it stands: `attributes.oindugucx72`. */
export type PathValue = [path: string, value: string];

/** A person as both systems have or should have it. */
export interface PersonValues {
  from: PathValue[];
  to: PathValue[];
}

/**
 * The values of one person, read anew from the source and mapped. They are for whoever asked, and
 * kept nowhere.
 *
 * @param request ends with the step that maps
 * @returns undefined if the person is no longer among the first
 * @throws IntegrationError as `runWorkflow`
 */
export async function readPersonValues(
  request: SampleRequest,
  id: string,
): Promise<PersonValues | undefined> {
  const { fetched, mapped } = await readSample(request);
  const person = fetched.find(one => one.id === id);
  if (!person) return undefined;
  return { from: flatten(person), to: flatten(mapped.get(id) ?? {}) };
}

function flatten(value: unknown, path = ''): PathValue[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, part]) =>
    flatten(part, path === '' ? key : `${path}.${key}`),
  );
}
