import type { FieldOwner, OwnerTable, Side } from '../handover/owners.js';
import type { Both, Decision } from './decide.js';
import { decide } from './decide.js';
import { UNSEEN } from './fingerprint.js';
import type { Memory } from './memory.js';
import { memoryNameOf, variablesOf } from './owners.js';

/** A person whose fields are compared. */
export interface Subject {
  /** Tracked entity id. */
  id: string;
  /** Where the person was first entered. */
  origin: Side;
  owners: OwnerTable;
}

/** Decides on the fields of people in one direction, and remembers what both systems agree on. */
export interface Judge {
  /**
   * Decides on a field that both systems have, and remembers the agreement. A field in no owner
   * table belongs to the system that the mapping reads from.
   *
   * @param isSame whether the target already has what the mapping gives
   * @param now fingerprints of what both have; called only for fields with owner `latest`
   */
  decide(subject: Subject, field: string, isSame: boolean, now: () => Both): Decision;
  /** What both had when they last agreed on a field. */
  last(subject: Subject, field: string): Both | undefined;
  /** Remembers what both have after a field was written. Call it when the target has accepted the value. */
  written(subject: Subject, field: string, both: Both): void;
}

/** @param toward the system that is being written */
export function createJudge(memory: Memory, toward: Side): Judge {
  const isLatest = ({ owners }: Subject, field: string) => owners[field]?.owner === 'latest';
  return {
    decide(subject, field, isSame, now) {
      const source: Side = toward === 'dhis2' ? 'godata' : 'dhis2';
      if (!isLatest(subject, field)) {
        if (isSame) return 'same';
        return (subject.owners[field]?.owner ?? source) === source ? 'write' : 'leave';
      }
      const { id, origin, owners } = subject;
      const owner = owners[field]!;
      if (isSame) {
        memory.remember(id, memoryNameOf(field, owner), now());
        return 'same';
      }
      const name = knownName(memory, id, field, owner);
      const last = memory.recall(id, name);
      const both = memory.seal(id, name, now());
      const isTable = variablesOf(owner) !== undefined;
      const decision = decide({
        owner: 'latest',
        toward,
        isSame,
        now: both,
        last,
        origin,
        isTable,
      });
      // What was not seen before is remembered as it is now.
      if (decision === 'leave' && (!last || Object.values(last).includes(UNSEEN))) {
        memory.remember(id, name, {
          dhis2: seen(last?.dhis2) ?? both.dhis2,
          godata: seen(last?.godata) ?? both.godata,
        });
      }
      return decision;
    },
    last({ id, owners }, field) {
      const owner = owners[field];
      return owner && memory.recall(id, knownName(memory, id, field, owner));
    },
    written(subject, field, both) {
      const name = memoryNameOf(field, subject.owners[field]);
      if (isLatest(subject, field)) memory.remember(subject.id, name, both);
    },
  };
}

/** Memories of older versions have names without places. They count until the field is written. */
function knownName(memory: Memory, id: string, field: string, owner: FieldOwner): string {
  const name = memoryNameOf(field, owner);
  const isOld = !memory.recall(id, name) && !variablesOf(owner) && memory.recall(id, field);
  return isOld ? field : name;
}

function seen(print: string | undefined): string | undefined {
  return print === UNSEEN ? undefined : print;
}
