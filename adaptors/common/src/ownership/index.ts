export type { Owner, Owners, OwnerTable, Side } from '../handover/owners.js';
export type { Both } from './decide.js';
export { decide, fills } from './decide.js';
export { fingerprint, UNSEEN } from './fingerprint.js';
export type { Judge, Subject } from './judge.js';
export { createJudge } from './judge.js';
export type { MemoryPlace } from './keep-memory.js';
export { openKeptMemory } from './keep-memory.js';
export type { Memory, StoredMemory } from './memory.js';
export { openMemory } from './memory.js';
export { openMemoryKey } from './memory-key.js';
export type { GivenOwners } from './owners.js';
export { dhis2PathsOf, ownersFor, readOwners } from './owners.js';
export {
  readDhis2Field,
  readDhis2Path,
  readGoDataField,
  residenceOf,
} from './read-field.js';
export { roomBeside } from './room-beside.js';
