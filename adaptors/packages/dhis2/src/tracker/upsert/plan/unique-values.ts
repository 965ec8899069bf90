import type { Metadata } from '../check/read-metadata.js';
import { attributesOf, type StoredEntity } from '../read/stored.js';
import type { FreedValue, PersonPlan, PlannedObject } from './person-plan.js';
import type { SentAttribute } from './send-attributes.js';

/** The holder of a unique value. */
export interface Holder {
  trackedEntity: string;
  /** Go.Data id; absent if a tracked entity already has the value. */
  person?: string;
}

/** A value that a person would get, and that another one has. */
export interface TakenValue {
  attribute: string;
  holder: Holder;
}

/** Values of unique attributes, with those who have them in DHIS2 or get them in this run. */
export interface UniqueValues {
  /** Records the values that a tracked entity has. */
  note(stored: StoredEntity): void;
  /**
   * Claims the values that a person would get. For a new person nothing is claimed if one of them
   * is taken.
   *
   * @param orgUnit of the tracked entity, before it is written
   * @returns the values that others have
   */
  claim(plan: PersonPlan, orgUnit: string | undefined): TakenValue[];
  /** Forgets a value that a tracked entity had, because DHIS2 has changed or removed it. */
  release(freed: FreedValue): void;
}

/**
 * Prevents two people from getting one value of a unique attribute. DHIS2 notices two equal values
 * in one payload only by chance, and otherwise stores both (dhis2 LIVE 264). It compares them
 * character by character; some are unique only within the org unit of the tracked entity (LIVE
 * 223).
 */
export function createUniqueValues({ definitionOf }: Pick<Metadata, 'definitionOf'>): UniqueValues {
  const holders = new Map<string, Holder>();
  const keyOf = (attribute: string, value: string, orgUnit: string | undefined) => {
    const { unique, orgunitScope } = definitionOf(attribute) ?? {};
    return unique ? `${attribute} ${orgunitScope ? orgUnit : ''} ${value}` : undefined;
  };
  const add = (key: string, holder: Holder) => {
    if (!holders.has(key)) holders.set(key, holder);
  };
  return {
    note(stored) {
      for (const [attribute, value] of attributesOf(stored)) {
        const key = keyOf(attribute, value, stored.orgUnit);
        if (key !== undefined) add(key, { trackedEntity: stored.trackedEntity });
      }
    },
    release({ trackedEntity, attribute }) {
      for (const [key, holder] of holders) {
        const isFormer = holder.trackedEntity === trackedEntity && holder.person === undefined;
        if (isFormer && key.startsWith(`${attribute} `)) holders.delete(key);
      }
    },
    claim({ id: trackedEntity = '', entity, objects }, before) {
      const own = objects.find(({ kind }) => kind === 'trackedEntities');
      const orgUnit = (own?.body.orgUnit as string | undefined) ?? before;
      const wanted = objects.flatMap(sentValues).flatMap(({ attribute, value }) => {
        const key = keyOf(attribute, value, orgUnit);
        return key === undefined ? [] : [{ attribute, key }];
      });
      const taken = wanted.flatMap(({ attribute, key }): TakenValue[] => {
        const holder = holders.get(key);
        const isOwn = holder?.trackedEntity === trackedEntity || holder?.person === entity.id;
        return holder === undefined || isOwn ? [] : [{ attribute, holder }];
      });
      if (own?.change === 'create' && taken.length > 0) return taken;
      for (const { key } of wanted) add(key, { trackedEntity, person: entity.id });
      return taken;
    },
  };
}

/** Values of attributes that are sent with an object. */
export function sentValues({ kind, body }: PlannedObject): { attribute: string; value: string }[] {
  if (kind !== 'trackedEntities' && kind !== 'enrollments') return [];
  const attributes = (body.attributes ?? []) as SentAttribute[];
  return attributes.flatMap(({ attribute, value }) =>
    value === null ? [] : [{ attribute, value }],
  );
}
