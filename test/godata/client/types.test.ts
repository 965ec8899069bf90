import { describe, expectTypeOf, it } from 'vitest';
import type {
  CaseRecord,
  ContactOfContactRecord,
  ContactRecord,
  Draft,
  EventRecord,
  LocationRecord,
  OutbreakRecord,
  ReferenceDataRecord,
  UserRecord,
} from '#godata/Adaptor.js';
import type user from '../../contracts/godata/2.50.3/034-user-patch-active.json';
import type location from '../../contracts/godata/2.50.3/058-location-create.json';
import type contact from '../../contracts/godata/2.50.3/105-contact-create.json';
import type contactOfContact from '../../contracts/godata/2.50.3/129-coc-create.json';
import type referenceData from '../../contracts/godata/2.50.3/203-refdata-get.json';
import type caseOfPerson from '../../contracts/godata/2.50.3/249-case-get-full.json';
import type event from '../../contracts/godata/2.50.3/251-event-get-full.json';
import type outbreak from '../../contracts/godata/2.50.3/252-outbreak-get-full.json';

interface Recording {
  response: { body: unknown };
}
/** Properties that the server sent and that a type does not have. */
type Missing<R extends Recording, T> = Exclude<keyof R['response']['body'], keyof T>;

/**
 * Answers have `address: {}`, which is not a property of these records (godata FACTS §4, notes).
 */
type Artefact = 'address';
/** Settings of the user interface. */
type Settings = 'passwordChange' | 'loginRetriesCount' | 'bruteForceLoginDate' | 'dontCacheFilters';

// Checked by the compiler, `npm run typecheck`.
describe('the types of records', () => {
  it('have every property that the server was seen to send', () => {
    // This case was a contact, so it still has the property active.
    expectTypeOf<Missing<typeof caseOfPerson, CaseRecord>>().toEqualTypeOf<Artefact | 'active'>();
    expectTypeOf<Missing<typeof contact, ContactRecord>>().toEqualTypeOf<Artefact>();
    expectTypeOf<
      Missing<typeof contactOfContact, ContactOfContactRecord>
    >().toEqualTypeOf<Artefact>();
    expectTypeOf<Missing<typeof event, EventRecord>>().toEqualTypeOf<never>();
    expectTypeOf<Missing<typeof location, LocationRecord>>().toEqualTypeOf<never>();
    expectTypeOf<Missing<typeof outbreak, OutbreakRecord>>().toEqualTypeOf<never>();
    expectTypeOf<Missing<typeof referenceData, ReferenceDataRecord>>().toEqualTypeOf<never>();
    expectTypeOf<
      Exclude<Missing<typeof user, UserRecord>, Settings | 'availablePermissions'>
    >().toEqualTypeOf<never>();
  });

  it('accept what the server was seen to send', () => {
    expectTypeOf<(typeof event)['response']['body']>().toExtend<EventRecord>();
    expectTypeOf<(typeof location)['response']['body']>().toExtend<LocationRecord>();
    expectTypeOf<(typeof contact)['response']['body']>().toExtend<ContactRecord>();
    expectTypeOf<(typeof referenceData)['response']['body']>().toExtend<ReferenceDataRecord>();
  });

  it('make drafts with the properties that a client may write', () => {
    expectTypeOf<
      keyof Draft<CaseRecord> & ('id' | 'createdAt' | 'deleted')
    >().toEqualTypeOf<'id'>();
  });
});
