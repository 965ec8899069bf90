import { MAKES_EVENTS, ON_SERVER, SENDS_MESSAGES } from '../dhis2/tracker/rules/action-types.js';
import type { Objects } from './merge.js';
import { nameObject, type Problem } from './problems.js';
import type { ExportedObject } from './to-object.js';

type Ref = { id: string };

/** What an expression may ask for that the sandbox does not have. */
const NOT_KNOWN: readonly [form: RegExp, what: string][] = [
  [/\bC\{/, 'a constant'],
  [/d2:inOrgUnitGroup\s*\(/, 'a group of org units'],
  [/d2:hasUserRole\s*\(/, 'the role of an account'],
];

const FIX = 'Remove the rule and its actions from the file, if the sandbox may do without it.';

/**
 * Finds rules whose effect on an import the sandbox cannot know.
 *
 * @param problems they are added here
 * @returns remarks about actions without an effect, one sentence each
 */
export function checkRules(objects: Objects, problems: Problem[]): string[] {
  const typeOf = (action: ExportedObject) => action.programRuleActionType as string;
  for (const action of objects.programRuleActions.values()) {
    if (!MAKES_EVENTS.has(typeOf(action))) continue;
    const what = `${nameObject('programRuleActions', action)}: the sandbox does not model programRuleActionType ${typeOf(action)}, which makes events.`;
    problems.push({ what, fix: FIX });
  }
  for (const rule of objects.programRules.values()) {
    const actions = ((rule.programRuleActions ?? []) as readonly Ref[])
      .flatMap(({ id }): ExportedObject[] => {
        const action = objects.programRuleActions.get(id);
        return action ? [action] : [];
      })
      .filter(action => ON_SERVER.has(typeOf(action)));
    if (actions.length === 0) continue;
    const expressions = {
      condition: rule.condition,
      data: actions.map(one => one.data).join('\n'),
    };
    for (const [property, text] of Object.entries(expressions)) {
      for (const [form, asked] of NOT_KNOWN) {
        if (!form.test(String(text))) continue;
        const what = `${nameObject('programRules', rule)}: its ${property} asks for ${asked}, which the sandbox does not model.`;
        problems.push({ what, fix: FIX });
      }
    }
  }
  const senders = [...objects.programRuleActions.values()].filter(one =>
    SENDS_MESSAGES.has(typeOf(one)),
  );
  if (senders.length === 0) return [];
  return [`${senders.length} actions of program rules send messages; the sandbox sends none.`];
}
