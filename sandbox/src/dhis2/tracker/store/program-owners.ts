import type { Enrollment, ProgramOwner } from '../types.js';

/**
 * The org unit that owns a tracked entity in a program: that of its first enrollment, until the
 * ownership is transferred. The enrollment's own org unit may change in the meantime (dhis2 LIVE,
 * "The sandbox beside both servers"; recordings 327 to 332).
 */
export class ProgramOwners {
  private readonly owners = new Map<string, ProgramOwner>();
  private readonly granted = new Set<string>();

  constructor(seed: readonly ProgramOwner[]) {
    for (const one of seed) this.transfer(one);
  }

  get(trackedEntity: string, program: string): string | undefined {
    return this.owners.get(keyOf(trackedEntity, program))?.orgUnit;
  }

  /** Makes the org unit of an enrollment the owner if there is none yet. */
  claim({ trackedEntity, program, orgUnit }: Enrollment): void {
    if (this.get(trackedEntity, program) === undefined) {
      this.transfer({ trackedEntity, program, orgUnit });
    }
  }

  transfer(owner: ProgramOwner): void {
    this.owners.set(keyOf(owner.trackedEntity, owner.program), owner);
  }

  /** Lets a user read a tracked entity in a protected program, regardless of the owner. */
  grant(username: string, trackedEntity: string, program: string): void {
    this.granted.add(`${username} ${keyOf(trackedEntity, program)}`);
  }

  isGranted(username: string, trackedEntity: string, program: string): boolean {
    return this.granted.has(`${username} ${keyOf(trackedEntity, program)}`);
  }

  list(): ProgramOwner[] {
    return [...this.owners.values()];
  }
}

function keyOf(trackedEntity: string, program: string): string {
  return `${trackedEntity} ${program}`;
}
