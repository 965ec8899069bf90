import type { SeedUser } from '../../accounts/types.js';
import type { Dhis2Store } from '../../store/dhis2-store.js';

/** What is registered as complete when an import carries a `completeDate`. */
export interface Completion {
  dataSet: string;
  period: string;
  orgUnit: string;
  attributeOptionCombo: string;
  /** `yyyy-MM-dd` */
  date: string;
}

/** Registers a data set as complete (dhis2 FACTS §1.6). */
export function registerComplete(store: Dhis2Store, user: SeedUser, completion: Completion): void {
  const { orgUnit, ...rest } = completion;
  store.completeness.set({
    ...rest,
    organisationUnit: orgUnit,
    storedBy: user.username,
    completed: true,
  });
}
