import { readFileSync } from 'node:fs';
import { type Dhis2, workInDhis2 } from './in-dhis2.js';
import { NEW_CASE, type Outbreak, type Person, workInOutbreak } from './in-godata.js';
import type { Credentials } from './send.js';

/** What the users did, one line each. */
type Deeds = string[];

/**
 * Works in both systems as users would, between two runs: each corrects a person, both correct the
 * same person, and Go.Data gets a new case with a lab result. A second call changes nothing.
 *
 * @param credentialsFile that of the running sandbox
 */
export async function workInBoth(credentialsFile: string): Promise<Deeds> {
  const { godata, dhis2 } = JSON.parse(readFileSync(credentialsFile, 'utf8')) as Credentials;
  const tracker = workInDhis2(dhis2);
  const outbreak = await workInOutbreak(godata);
  const [inGoData, inDhis2, inBoth] = await findPeople(tracker, outbreak);
  await outbreak.update(inGoData!.id, {
    addresses: inGoData!.addresses.map((one, n) =>
      n === 0 ? { ...one, phoneNumber: '5550101' } : one,
    ),
  });
  await tracker.rename(inDhis2!.id, 'Corrected-in-DHIS2');
  await tracker.rename(inBoth!.id, 'Also-corrected-in-DHIS2');
  await outbreak.update(inBoth!.id, { lastName: 'Corrected-in-Go.Data' });
  await outbreak.addCase(inGoData!.addresses[0]!.locationId);
  return [
    `Go.Data: the telephone number of case ${inGoData!.id}`,
    `DHIS2: the surname of ${inDhis2!.id}`,
    `both, differently: the surname of ${inBoth!.id}`,
    `Go.Data: a new case ${NEW_CASE}, with a positive lab result`,
  ];
}

/** The first three people that both systems have. */
async function findPeople(tracker: Dhis2, outbreak: Outbreak): Promise<Person[]> {
  const found: Person[] = [];
  for (const id of await tracker.ids()) {
    const person = await outbreak.get(id);
    if (person?.addresses?.length) found.push(person);
    if (found.length === 3) break;
  }
  return found;
}
