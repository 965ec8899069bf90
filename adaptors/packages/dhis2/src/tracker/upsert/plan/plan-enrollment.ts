import { attributesOf } from '../read/stored.js';
import { given, repeatEnrollment } from './bodies.js';
import type { ChosenEnrollment } from './choose-enrollment.js';
import type { GivenPath } from './decide-paths.js';
import type { NewNote } from './link-notes.js';
import type { PersonPlan, PlannedObject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';
import { generatedAttributes, repeatedAttributes, toAttributes } from './send-attributes.js';

/** What planning an enrollment needs. */
export interface EnrollmentContext extends Pick<PlanContext, 'program'> {
  /** Org unit of a new one. */
  orgUnit: string;
  note: NewNote | undefined;
}

/**
 * Plans an enrollment: its days, its org unit, the attributes that only its program has, and the
 * note that names the person.
 *
 * @param written places that are written
 */
export function planEnrollment(
  plan: PersonPlan,
  own: PersonEntity,
  chosen: ChosenEnrollment,
  written: readonly GivenPath[],
  context: EnrollmentContext,
): void {
  const { program, note } = context;
  const days = written.filter(({ path }) => path === 'enrolledAt' || path === 'occurredAt');
  const attributes = written.filter(
    ({ path }) => program.ownAttributes.has(path) && !program.typeAttributes.has(path),
  );
  const notes = note ? { notes: [note] } : {};
  const base = {
    kind: 'enrollments' as const,
    uid: chosen.uid,
    parent: own.id,
    program: program.id,
  };
  const before = own.stored ? attributesOf(own.stored) : new Map<string, string>();
  const parts = [...program.ownAttributes.values()];
  const sent = new Set(attributes.map(({ path }) => path));
  const repeated = () => repeatedAttributes(parts, written, before, sent);
  if (!chosen.stored) {
    const values = attributes.filter(({ text }) => text !== null);
    plan.objects.push({
      ...base,
      change: 'create',
      fields: [...days, ...values].map(({ path }) => path),
      body: given({
        enrollment: chosen.uid,
        trackedEntity: own.id,
        program: program.id,
        orgUnit: context.orgUnit,
        status: 'ACTIVE',
        enrolledAt: plan.entity.enrolledAt,
        occurredAt: plan.entity.occurredAt,
        attributes: [...toAttributes(values), ...repeated()],
        ...notes,
      }),
      generated: generatedAttributes(parts, written, before),
    });
    return;
  }
  const changes = {
    ...Object.fromEntries(days.map(({ path, text }) => [path, text!])),
    ...movedOrgUnit(own, chosen, written),
    ...(chosen.isRevived ? { status: 'ACTIVE' } : {}),
  };
  const fields = [...Object.keys(changes), ...sent, ...(note ? ['note'] : [])];
  if (fields.length === 0) {
    plan.unchanged += 1;
    return;
  }
  const update: PlannedObject = {
    ...base,
    change: 'update',
    fields,
    ...(chosen.stored.occurredAt ? { kept: { occurredAt: chosen.stored.occurredAt } } : {}),
    body: {
      ...repeatEnrollment({ ...chosen.stored, ...changes }, own.id),
      attributes: [...toAttributes(attributes), ...repeated()],
      ...notes,
    },
  };
  plan.objects.push(update);
}

/** An enrollment moves with its tracked entity if both have the same org unit. */
function movedOrgUnit(
  { stored }: PersonEntity,
  chosen: ChosenEnrollment,
  written: readonly GivenPath[],
): { orgUnit?: string } {
  const place = written.find(({ path }) => path === 'orgUnit');
  return place && chosen.stored?.orgUnit === stored?.orgUnit ? { orgUnit: place.text! } : {};
}
