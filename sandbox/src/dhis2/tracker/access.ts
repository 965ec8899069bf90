import { canRead, canReadData, isSuperuser, searchUnitsOf } from '../accounts/access.js';
import type { SeedUser } from '../accounts/types.js';
import type { Ref } from '../metadata/object-types.js';
import type { Dhis2Store } from '../store/dhis2-store.js';
import { itemReference } from './store/references.js';
import type { Enrollment, Relationship, TrackedEntity, TrackerEvent } from './types.js';

/**
 * The parts of Tracker that a user may read: in open programs all that is owned in the search
 * scope, in protected and closed programs all that is owned where the user captures data (DHIS2's
 * Web API documentation, tracker access control).
 */
export class Access {
  /** Whether an org unit is in the user's search scope. */
  readonly canSearch: (orgUnit: string) => boolean;
  /** Whether an org unit is in the user's capture scope. */
  readonly canCapture: (orgUnit: string) => boolean;

  /** @param isEverywhere whether org units are ignored: mode ALL */
  constructor(
    private readonly store: Dhis2Store,
    private readonly user: SeedUser,
    isEverywhere = false,
  ) {
    const tree = store.metadata.orgUnits;
    const within = (units: readonly Ref[]) => remember(orgUnit => tree.isWithin(orgUnit, units));
    const everywhere = () => true;
    this.canCapture = isEverywhere ? everywhere : within(user.organisationUnits);
    this.canSearch = isEverywhere || isSuperuser(user) ? everywhere : within(searchUnitsOf(user));
  }

  /** Whether the user may read an attribute or a data element. */
  canReadField(kind: 'trackedEntityAttributes' | 'dataElements', id: string): boolean {
    const field = this.store.metadata.get(kind, id);
    return field !== undefined && canRead(this.user, field);
  }

  /** Whether the user may read the events of a program stage. */
  canReadStage(id: string): boolean {
    const stage = this.store.metadata.get('programStages', id)!;
    return canRead(this.user, stage) && canReadData(this.user, stage);
  }

  /** Whether the user may read a tracked entity, regardless of programs. */
  canSee({ trackedEntityType, orgUnit }: TrackedEntity): boolean {
    const type = this.store.metadata.get('trackedEntityTypes', trackedEntityType)!;
    return canReadData(this.user, type) && this.canSearch(orgUnit);
  }

  /** Whether the user may read a tracked entity's enrollments in a program. */
  canSeeIn(program: string, trackedEntity: string): boolean {
    const { tracker } = this.store;
    if (tracker.owners.isGranted(this.user.username, trackedEntity, program)) return true;
    const owner = tracker.ownerOf(trackedEntity, program);
    return owner !== undefined && this.canReach(program, owner);
  }

  canSeeEnrollment({ program, trackedEntity }: Enrollment): boolean {
    return this.canSeeIn(program, trackedEntity);
  }

  /**
   * Whether the user may read an event: through its enrollment, or a single event through its org
   * unit.
   */
  canSeeEvent({ enrollment, programStage, orgUnit }: TrackerEvent): boolean {
    const { tracker, metadata } = this.store;
    if (!this.canReadStage(programStage)) return false;
    if (enrollment === undefined) {
      return this.canReach(metadata.get('programStages', programStage)!.program.id, orgUnit);
    }
    return this.canSeeEnrollment(tracker.get('enrollments', enrollment)!);
  }

  /** Whether the user may read a relationship: its type and both ends. */
  canSeeRelationship({ relationshipType, from, to }: Relationship): boolean {
    const type = this.store.metadata.get('relationshipTypes', relationshipType)!;
    const ends = [from, to];
    return canReadData(this.user, type) && ends.every(end => this.canSeeEnd(itemReference(end)));
  }

  private canSeeEnd({ to, id }: ReturnType<typeof itemReference>): boolean {
    const event = to === 'events' ? this.store.tracker.get('events', id) : undefined;
    if (event && event.enrollment === undefined) return this.canSeeEvent(event);
    const trackedEntity = this.store.tracker.trackedEntityOf(to, id);
    return trackedEntity !== undefined && this.canSee(trackedEntity);
  }

  /** Whether the user may read data that an org unit owns in a program. */
  canReach(programId: string, owner: string): boolean {
    const program = this.store.metadata.get('programs', programId)!;
    if (!canReadData(this.user, program)) return false;
    const isOpen = program.accessLevel !== 'PROTECTED' && program.accessLevel !== 'CLOSED';
    return isOpen || isSuperuser(this.user) ? this.canSearch(owner) : this.canCapture(owner);
  }
}

/** Caches a test whose answers do not change during a request. */
function remember(ask: (orgUnit: string) => boolean): (orgUnit: string) => boolean {
  const answers = new Map<string, boolean>();
  return orgUnit => {
    const known = answers.get(orgUnit);
    if (known !== undefined) return known;
    const answer = ask(orgUnit);
    answers.set(orgUnit, answer);
    return answer;
  };
}
