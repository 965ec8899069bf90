import { canRead } from '#sandbox/dhis2/accounts/access.js';
import type { SeedUser } from '#sandbox/dhis2/accounts/types.js';
import type { CollectionName, Collections } from '#sandbox/dhis2/metadata/collections.js';
import type { ServerContext } from '#sandbox/dhis2/server-context.js';
import { Access } from '../../access.js';
import type { ImportDialect } from '../../dialect.js';
import type { Note, Program, TrackerKind, TrackerObjects } from '../../types.js';
import type { Bundle, Strategy } from '../bundle.js';
import type { PayloadObjects } from '../payload.js';
import type { Reporter } from '../reporter.js';

/** The context of the checks of an import. */
export class Validation {
  readonly access: Access;
  readonly store: ServerContext['store'];
  readonly dialect: ImportDialect;
  private readonly unitsOf = new Map<string, ReadonlySet<string>>();

  constructor(
    { store, dialect }: ServerContext,
    readonly user: SeedUser,
    readonly bundle: Bundle,
    readonly reporter: Reporter,
  ) {
    this.store = store;
    this.dialect = dialect.tracker.import;
    this.access = new Access(store, user);
  }

  /**
   * A metadata object. One that the user may not read counts as missing (DHIS2's documentation,
   * validation).
   */
  metadata<N extends CollectionName>(
    collection: N,
    id: string | undefined,
  ): Collections[N] | undefined {
    const object = id === undefined ? undefined : this.store.metadata.get(collection, id);
    return object && canRead(this.user, object) ? object : undefined;
  }

  /** Whether a program is assigned to an org unit. */
  runsAt({ id, organisationUnits }: Program, orgUnit: string | undefined): boolean {
    const known = this.unitsOf.get(id);
    const units = known ?? new Set(organisationUnits.map(unit => unit.id));
    if (!known) this.unitsOf.set(id, units);
    return orgUnit !== undefined && units.has(orgUnit);
  }

  /** An object that exists on the server and is not deleted. */
  stored<K extends TrackerKind>(kind: K, uid: string | undefined): TrackerObjects[K] | undefined {
    const object = uid === undefined ? undefined : this.store.tracker.get(kind, uid);
    return object?.deleted ? undefined : object;
  }

  /** An object on the server, or otherwise in the payload. */
  known<K extends TrackerKind>(
    kind: K,
    uid: string | undefined,
  ): TrackerObjects[K] | PayloadObjects[K] | undefined {
    return this.stored(kind, uid) ?? this.bundle.find(kind, uid);
  }
}

/** Checks one rule and reports its violations. */
export type Check<K extends TrackerKind> = (
  validation: Validation,
  object: PayloadObjects[K],
  strategy: Strategy,
) => void;

/** A group of checks, for some strategies. */
export interface Stage<K extends TrackerKind> {
  checks: readonly Check<K>[];
  strategies: readonly Strategy[];
}

const ALL = ['CREATE', 'UPDATE', 'DELETE'] as const;
const WRITES = ['CREATE', 'UPDATE'] as const;

export function always<K extends TrackerKind>(...checks: Check<K>[]): Stage<K> {
  return { checks, strategies: ALL };
}

export function onWrite<K extends TrackerKind>(...checks: Check<K>[]): Stage<K> {
  return { checks, strategies: WRITES };
}

export function on<K extends TrackerKind>(strategy: Strategy, ...checks: Check<K>[]): Stage<K> {
  return { checks, strategies: [strategy] };
}

/** Runs the stages on each object in order, up to the first stage with an error. */
export function runStages<K extends TrackerKind>(
  validation: Validation,
  objects: readonly PayloadObjects[K][],
  stages: readonly Stage<K>[],
): void {
  for (const object of objects) {
    const strategy = validation.bundle.strategyOf(object);
    for (const { checks, strategies } of stages) {
      if (!strategies.includes(strategy)) continue;
      for (const check of checks) check(validation, object, strategy);
      if (validation.reporter.isInvalid(object)) break;
    }
  }
}

/** An existing note is not changed; the import continues without the new one. */
export function checkNotes(
  { reporter, store }: Validation,
  object: { kind: TrackerKind; uid: string; notes: readonly Note[] },
): void {
  for (const { note } of object.notes) {
    if (store.tracker.hasNote(note)) reporter.warning(object, 'E1119', note);
  }
}

/** Geometry must be of the type in the metadata. */
export function checkGeometry(
  { reporter }: Validation,
  object: { kind: TrackerKind; uid: string; geometry: { type: string } | undefined },
  featureType: string | undefined,
): void {
  const { geometry } = object;
  if (!geometry) return;
  if (featureType === undefined) reporter.error(object, 'E1074');
  else if (FEATURES[geometry.type] !== featureType) reporter.error(object, 'E1012', featureType);
}

const FEATURES: Readonly<Record<string, string>> = {
  Point: 'POINT',
  Polygon: 'POLYGON',
  MultiPolygon: 'MULTI_POLYGON',
};
