import { isDay } from '#common/periods/index.js';
import { attributesOf } from '../read/stored.js';
import { type PersonPlan, reject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';

/**
 * Whether a person can be written at all. Something that is not a day would make DHIS2 refuse
 * everything that is sent with it.
 */
export function isAcceptable(
  plan: PersonPlan,
  { id, stored }: PersonEntity,
  { batch: { linkAttribute }, program }: PlanContext,
): boolean {
  const { entity, rejected } = plan;
  const days: [string, string | undefined][] = [
    ['enrolledAt', entity.enrolledAt],
    ['occurredAt', entity.occurredAt],
    ...entity.events.flatMap(
      ({ stage, occurredAt, scheduledAt }): [string, string | undefined][] => {
        const of = `of an event of the stage "${program.stages.get(stage)?.name ?? stage}"`;
        return [
          [`occurredAt ${of}`, occurredAt],
          [`scheduledAt ${of}`, scheduledAt],
        ];
      },
    ),
  ];
  for (const [what, day] of days) {
    if (day !== undefined && !isDay(day)) {
      reject(
        plan,
        'BAD_DATE',
        `${what} is not a day of the form yyyy-MM-dd. Correct it in Go.Data.`,
      );
    }
  }
  if (stored && stored.trackedEntityType !== program.type.id) {
    reject(
      plan,
      'WRONG_TYPE',
      `The tracked entity ${id} is of another type than those of the program "${program.name}". Correct the document of type EXTERNAL_ID in Go.Data.`,
    );
  }
  const linked = stored && linkAttribute && attributesOf(stored).get(linkAttribute);
  if (linked && linked !== entity.id) {
    reject(
      plan,
      'DUPLICATE_PERSON',
      `The tracked entity ${id} is linked to the person ${linked} of Go.Data. Merge both in Go.Data, or correct the link.`,
    );
  }
  return rejected.length === 0;
}
