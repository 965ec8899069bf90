import { type Credentials, type Json, send } from './send.js';

const OUTBREAK = 'COVID-19';
const REF = 'LNG_REFERENCE_DATA_CATEGORY_';

/** Id of the new case. */
export const NEW_CASE = '5d0c2f5e-6c1e-4a39-9d61-0f5a7c3b2e11';

/** An address of a person. */
export interface Address extends Json {
  locationId: string;
}

/** A case. */
export interface Person {
  id: string;
  addresses: Address[];
}

/** A user who works in an outbreak of Go.Data. */
export interface Outbreak {
  get(id: string): Promise<Person | undefined>;
  update(id: string, changes: Json): Promise<void>;
  addCase(locationId: string): Promise<void>;
}

/** Logs a user in. */
export async function workInOutbreak({
  apiUrl,
  email,
  password,
}: Credentials['godata']): Promise<Outbreak> {
  const session = await send(`${apiUrl}/users/login`, 'POST', {}, { email, password });
  const call = (path: string, method = 'GET', body?: Json) =>
    send(`${apiUrl}/${path}`, method, { Authorization: String(session.id) }, body);
  const filter = encodeURIComponent(JSON.stringify({ where: { name: OUTBREAK } }));
  const [outbreak] = (await call(`outbreaks?filter=${filter}`)) as unknown as { id: string }[];
  const cases = `outbreaks/${outbreak!.id}/cases`;
  const user = `users/${session.userId}`;
  const { activeOutbreakId: former } = await call(user);
  /** Go.Data accepts changes only in the active outbreak. */
  const inOutbreak = async (act: () => Promise<unknown>) => {
    await call(user, 'PATCH', { activeOutbreakId: outbreak!.id });
    await act();
    await call(user, 'PATCH', { activeOutbreakId: former });
  };
  const get = async (id: string) => {
    const where = encodeURIComponent(JSON.stringify({ where: { id } }));
    const [person] = (await call(`${cases}?filter=${where}`)) as unknown as Person[];
    return person;
  };
  return {
    get,
    update: (id, changes) => inOutbreak(() => call(`${cases}/${id}`, 'PUT', changes)),
    async addCase(locationId) {
      if (await get(NEW_CASE)) return;
      await inOutbreak(async () => {
        await call(cases, 'POST', {
          id: NEW_CASE,
          firstName: 'New',
          lastName: 'In-Go.Data',
          gender: `${REF}GENDER_FEMALE`,
          classification: `${REF}CASE_CLASSIFICATION_CONFIRMED`,
          dateOfReporting: new Date().toISOString().slice(0, 10),
          addresses: [{ typeId: `${REF}ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE`, locationId }],
        });
        await call(`${cases}/${NEW_CASE}/lab-results`, 'POST', {
          dateSampleTaken: new Date().toISOString().slice(0, 10),
          result: `${REF}LAB_TEST_RESULT_POSITIVE`,
          testType: `${REF}TYPE_OF_LAB_TEST_PCR`,
        });
      });
    },
  };
}
