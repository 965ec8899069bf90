import { canWriteData } from '#sandbox/dhis2/accounts/access.js';
import { ID_KEYS, itemReference } from '../../store/references.js';
import type { RelationshipConstraint, RelationshipItem } from '../../types.js';
import { readEnd } from '../bundle.js';
import type { PayloadRelationship } from '../payload.js';
import { TYPES } from '../report.js';
import { checkExistence, checkUid } from './identifiers.js';
import { always, type Check, on, onWrite, type Stage, type Validation } from './validation.js';

type RelationshipCheck = Check<'relationships'>;

const SIDES = ['from', 'to'] as const;

/** The kind of object that a constraint requires. */
const WANTED = {
  TRACKED_ENTITY_INSTANCE: 'trackedEntities',
  PROGRAM_INSTANCE: 'enrollments',
  PROGRAM_STAGE_INSTANCE: 'events',
} as const;

const checkRequired: RelationshipCheck = ({ reporter }, one) => {
  for (const side of SIDES) {
    if (!readEnd(one[side])) reporter.error(one, 'E4001', side, one.uid);
  }
  if (one.relationshipType === undefined) reporter.error(one, 'E1124', 'relationshipType');
};

const checkType: RelationshipCheck = (validation, one) => {
  if (validation.metadata('relationshipTypes', one.relationshipType)) return;
  validation.reporter.error(one, 'E4006', one.relationshipType);
};

const checkEnds: RelationshipCheck = ({ reporter }, one) => {
  const [from, to] = endsOf(one).map(itemReference);
  if (from!.to === to!.to && from!.id === to!.id) reporter.error(one, 'E4000', one.uid);
};

const checkConstraints: RelationshipCheck = (validation, one) => {
  const type = validation.metadata('relationshipTypes', one.relationshipType)!;
  const [from, to] = endsOf(one);
  checkConstraint(validation, one, 'from', from, type.fromConstraint);
  checkConstraint(validation, one, 'to', to, type.toConstraint);
};

function checkConstraint(
  validation: Validation,
  one: PayloadRelationship,
  side: 'from' | 'to',
  item: RelationshipItem,
  { relationshipEntity, trackedEntityType }: RelationshipConstraint,
): void {
  const { reporter, bundle } = validation;
  const wanted = WANTED[relationshipEntity];
  const { to: kind, id } = itemReference(item);
  if (kind !== wanted) {
    reporter.error(one, 'E4010', side, ID_KEYS[wanted], ID_KEYS[kind]);
    return;
  }
  const object = validation.stored(kind, id) ?? bundle.find(kind, id);
  if (!object) {
    reporter.error(one, 'E4012', ID_KEYS[kind], id);
  } else if (kind === 'trackedEntities' && 'trackedEntityType' in object) {
    const type = object.trackedEntityType;
    if (type !== trackedEntityType?.id) {
      reporter.error(one, 'E4014', side, trackedEntityType?.id, type);
    }
  }
}

/**
 * A user who writes a relationship needs write access to its type, and read access to both ends.
 */
const checkAccess: RelationshipCheck = (validation, one, strategy) => {
  const { reporter, user, store, bundle, access, dialect } = validation;
  if (!dialect.checksRelationshipAccess || strategy === 'UPDATE') return;
  const before = bundle.before(one);
  const type = store.metadata.get('relationshipTypes', (before ?? one).relationshipType!)!;
  const ends = before ? [before.from, before.to] : endsOf(one);
  const seesAll = ends.every(end => {
    const { to: kind, id } = itemReference(end);
    const trackedEntity = store.tracker.trackedEntityOf(kind, id);
    return !trackedEntity || access.canSee(trackedEntity);
  });
  if (!canWriteData(user, type) || !seesAll) reporter.error(one, 'E4020', user.id, one.uid);
};

/** Only one relationship of a type between two objects, under one UID (dhis2 FACTS §4.1). */
const checkDuplicate: RelationshipCheck = (validation, one) => {
  const { reporter, store } = validation;
  const { id: typeId, bidirectional } = validation.metadata(
    'relationshipTypes',
    one.relationshipType,
  )!;
  const [from, to] = endsOf(one).map(itemReference) as [EndReference, EndReference];
  const isTaken = store.tracker.relationshipsOf(from.id).some(other => {
    if (other.deleted || other.relationshipType !== typeId) return false;
    const [origin, target] = [itemReference(other.from).id, itemReference(other.to).id];
    const isSame = origin === from.id && target === to.id;
    return isSame || (bidirectional && origin === to.id && target === from.id);
  });
  if (!isTaken) return;
  reporter.error(one, 'E4018', one.uid, TYPES[from.to], from.id, TYPES[to.to], to.id);
};

type EndReference = ReturnType<typeof itemReference>;

/** Both ends of a relationship, if it has both. */
function endsOf({ from, to }: PayloadRelationship): [RelationshipItem, RelationshipItem] {
  return [readEnd(from)!, readEnd(to)!];
}

/** The checks of a relationship, in order (the server's source, RelationshipValidator). */
export const RELATIONSHIP_STAGES: readonly Stage<'relationships'>[] = [
  always(checkUid),
  always(checkExistence),
  onWrite(checkRequired),
  onWrite(checkType),
  on('CREATE', checkEnds),
  on('CREATE', checkConstraints),
  always(checkAccess),
  on('CREATE', checkDuplicate),
];
