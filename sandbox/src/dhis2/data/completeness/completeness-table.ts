import type { CompleteRegistration } from '../types.js';

type Key = Pick<
  CompleteRegistration,
  'dataSet' | 'period' | 'organisationUnit' | 'attributeOptionCombo'
>;

/** The registrations that a data set is complete (dhis2 FACTS §1.6). */
export class CompletenessTable {
  private readonly registrations = new Map<string, CompleteRegistration>();
  private readonly periods = new Set<string>();

  constructor(registrations: readonly CompleteRegistration[]) {
    for (const registration of registrations) this.set(registration);
  }

  list(): CompleteRegistration[] {
    return [...this.registrations.values()];
  }

  get(key: Key): CompleteRegistration | undefined {
    return this.registrations.get(keyText(key));
  }

  set(registration: CompleteRegistration): void {
    this.registrations.set(keyText(registration), Object.freeze({ ...registration }));
    this.learnPeriod(registration.period);
  }

  /** Whether a registration of a period was ever stored or attempted. */
  knowsPeriod(period: string): boolean {
    return this.periods.has(period);
  }

  learnPeriod(period: string): void {
    this.periods.add(period);
  }

  /** Returns whether the registration existed. */
  delete(key: Key): boolean {
    return this.registrations.delete(keyText(key));
  }
}

function keyText({ dataSet, period, organisationUnit, attributeOptionCombo }: Key): string {
  return `${dataSet}/${period}/${organisationUnit}/${attributeOptionCombo}`;
}
