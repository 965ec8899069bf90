import type { Assignment, Sources, Term } from './assignments.js';

/** A program rule, for messages. */
export interface RuleRef {
  id: string;
  name: string;
}

/** When a rule applies. */
interface When {
  /** The fields that its condition reads. */
  reads: Sources;
  /** The condition, if it only asks which fields have a value; undefined: only DHIS2 can tell. */
  terms: readonly Term[] | undefined;
  /** The only stage to which the rule applies. */
  stage?: string;
}

/** A rule that makes a field mandatory (E1301, E1306). */
export interface Demand extends When {
  rule: RuleRef;
  /** The attribute or data element. */
  field: string;
  kind: Assignment['kind'];
}

/** A rule that refuses a person (E1300). */
export interface Refusal extends When {
  rule: RuleRef;
}

/** What the rules of a program do on import. */
export interface ProgramRules {
  assignments: Assignment[];
  mandatory: Demand[];
  refusals: Refusal[];
}

/**
 * Whether a rule can apply to what a mapping writes. DHIS2 sees the values of an import, so a
 * condition that needs a value which the mapping never gives is not met; of a condition that only
 * DHIS2 can tell, it counts if the mapping gives anything that it reads, or if it reads no field.
 *
 * @param given ids of the attributes and data elements that the mapping gives
 */
export function canApply({ reads, terms }: When, given: ReadonlySet<string>): boolean {
  if (terms) {
    return terms.every(
      ({ field, isThere }) => !isThere || (field !== undefined && given.has(field)),
    );
  }
  const fields = reads.filter(field => field !== undefined);
  return fields.length === 0 || fields.some(field => given.has(field));
}
