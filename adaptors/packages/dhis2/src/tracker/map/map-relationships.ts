import { emptyTable } from '#common/collections/own.js';
import type { OutbreakRelationship } from '#common/handover/fetched-people-batch.js';
import type {
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { readMark } from '#common/identity/marks.js';
import { isUid } from '#common/identity/uid.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { Rejected } from '#common/reporting/report.js';
import { badMapping } from './bad-mapping.js';
import type { EntityMapping } from './mapping.js';
import { readObject } from './read/read-values.js';
import type { Fault } from './read/reading.js';
import { rejectFor } from './reject-for.js';
import type { PersonView } from './view/person-view.js';
import type { ReadCode } from './view/read-code.js';
import { createRelationshipView } from './view/relationship-view.js';

type Other = MappedTrackedEntityBatch['others'][string];

/** What mapping relationships needs. */
export interface RelationshipContext {
  /** Views of the batch by id. */
  views: ReadonlyMap<string, PersonView>;
  toFields: NonNullable<EntityMapping['relationship']>;
  code: ReadCode;
  ledger: LeftOutLedger;
  /** Whether a person is among the batch's tracked entities. */
  isMapped(id: string): boolean;
  /**
   * A person who is not among them; undefined if the mapping leaves the person out, or if nobody
   * knows the person.
   */
  otherOf(id: string): Other | undefined;
}

/** The mapped relationships, and those that were left out or rejected. */
export interface MappedRelationships {
  relationships: MappedTrackedRelationship[];
  others: Record<string, Other>;
  rejected: Rejected[];
  /** Ids of people whose relationships were rejected. */
  retry: string[];
}

/** Maps relationships. Those that came from DHIS2, by their marks, are skipped: DHIS2 owns them. */
export function mapRelationships(
  relationships: readonly OutbreakRelationship[],
  context: RelationshipContext,
): MappedRelationships {
  const { views, ledger } = context;
  const mapped: MappedRelationships = {
    relationships: [],
    others: emptyTable(),
    rejected: [],
    retry: [],
  };
  for (const relationship of relationships) {
    const { id, source, target, deleted } = relationship;
    if (deleted) {
      mapped.relationships.push({ key: id, type: '', from: source, to: target, deleted });
      continue;
    }
    if (readMark(relationship.record.comment) !== undefined) continue;
    const others = readOthers([source, target], context);
    if (source === target || !others) {
      ledger.add(source === target ? 'with-oneself' : 'left-out-by-mapping', 'relationship');
      continue;
    }
    const faults: Fault[] = [];
    // A relationship of DHIS2 has no values: a bad value can only decide whether there is one.
    const view = createRelationshipView(relationship, views, {
      code: context.code,
      omitted: faults,
    });
    const given = readFields(context.toFields(view));
    if (faults.length > 0) {
      mapped.rejected.push(rejectFor(faults, 'relationship', id));
      mapped.retry.push(...[source, target].filter(end => views.has(end)));
      continue;
    }
    if (!given) {
      ledger.add('left-out-by-mapping', 'relationship');
      continue;
    }
    const [from, to] = given.from === 'source' ? [source, target] : [target, source];
    mapped.relationships.push({ key: id, type: given.type, from, to });
    Object.assign(mapped.others, others);
  }
  return { ...mapped, others: { ...mapped.others } };
}

/** The ends that are not among the tracked entities; undefined if one of them is left out. */
function readOthers(
  ends: readonly string[],
  { isMapped, otherOf }: RelationshipContext,
): Record<string, Other> | undefined {
  const others = emptyTable<Other>();
  for (const id of ends.filter(end => !isMapped(end))) {
    const other = otherOf(id);
    if (!other) return undefined;
    others[id] = other;
  }
  return others;
}

function readFields(given: unknown): { type: string; from: 'source' | 'target' } | undefined {
  if (given === undefined || given === null) return undefined;
  const { type, from } = readObject(given, 'a relationship', ['type', 'from']);
  if (typeof type !== 'string' || !isUid(type)) {
    throw badMapping('must give a relationship the id of its type');
  }
  if (from !== 'source' && from !== 'target') {
    throw badMapping("must give 'source' or 'target' for from of a relationship");
  }
  return { type, from };
}
