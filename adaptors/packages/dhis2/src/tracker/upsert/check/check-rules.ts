import { omitAssigned } from '../../rules/omit-assigned.js';
import { canApply, type Demand } from '../../rules/program-rules.js';
import { type Checked, placeOf } from './checked.js';
import { attributeOf, type StageModel } from './metadata.js';
import { label } from './note.js';

/**
 * Values that the mapping gives although a rule of DHIS2 computes them from others that it gives as
 * well. DHIS2 would refuse a person with a different value (E1307, E1309).
 */
export function checkAssigned({ metadata, program, people, note }: Checked): void {
  for (const entity of people) {
    for (const { assignment, path, value } of omitAssigned(entity, undefined, program).omitted) {
      if (value === null) continue;
      const { rule, field, kind } = assignment;
      const what = kind === 'attribute' ? 'attribute' : 'data element';
      const name = label({ id: field, name: metadata.nameOf(field) });
      note(
        'ASSIGNED_BY_RULE',
        `The ${what} ${name}${path === field ? '' : ` (${path})`} is assigned by the program rule ${label(rule)} of the program ${label(program)}, and the mapping gives it together with what the rule reads. Remove it from the mapping.`,
        { cause: `${rule.id} ${field}`, at: path === field ? placeOf(program) : path },
      );
    }
  }
}

/**
 * Attributes that a rule makes mandatory and the mapping never gives: DHIS2 would refuse everybody
 * to whom the rule applies (E1306).
 */
export function checkDemandedAttributes(checked: Checked): void {
  const { batch, program } = checked;
  const given = new Set(checked.people.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const demand of program.demands) {
    const attribute = attributeOf(program, demand.field);
    if (demand.kind !== 'attribute' || !attribute || given.has(attribute.id)) continue;
    if (attribute.generated || attribute.id === batch.linkAttribute) continue;
    noteDemand(checked, demand, `The attribute ${label(attribute)}`, placeOf(program));
  }
}

/**
 * Data elements that a rule makes mandatory in a stage and the mapping never gives there (E1301).
 *
 * @param given ids of the data elements that the mapping gives in the stage
 */
export function checkDemandedElements(
  checked: Checked,
  stage: StageModel,
  given: ReadonlySet<string>,
): void {
  for (const demand of checked.program.demands) {
    const part = stage.elements.get(demand.field);
    if (demand.kind !== 'dataElement' || !part || given.has(demand.field)) continue;
    if ((demand.stage ?? stage.id) !== stage.id) continue;
    const what = `The data element ${label(part.dataElement)} of the stage ${label(stage)}`;
    noteDemand(checked, demand, what, `stage ${label(stage)}`);
  }
}

function noteDemand(checked: Checked, demand: Demand, what: string, at: string): void {
  const { program, given, note } = checked;
  const isComputed = program.assignments.some(({ field }) => field === demand.field);
  if (isComputed || !canApply(demand, given)) return;
  note(
    'MANDATORY_BY_RULE',
    `${what} is mandatory by the program rule ${label(demand.rule)} of the program ${label(program)}, and the mapping does not give it.`,
    { cause: `${demand.rule.id} ${demand.field}`, at },
  );
}
