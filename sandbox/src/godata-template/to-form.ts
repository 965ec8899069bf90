import { type Calendar, createCalendar } from '../outbreak/calendar.js';
import type { OutbreakForm } from '../outbreak/index.js';
import { createAnswers } from './answers.js';
import type { OutbreakTemplate } from './read-template.js';

/** Fields that belong to a template, not to the outbreak that is made from it. */
const OF_TEMPLATE = [
  ...['id', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'dbUpdatedAt', 'createdOn'],
  'deleted',
];

/**
 * The outbreak of a template: its fields, and invented answers to its questionnaires. An outbreak
 * keeps its id, its dates and its places; from a template, a new one is made.
 *
 * @param today `yyyy-MM-dd`
 */
export function toForm(template: OutbreakTemplate, today: string): OutbreakForm {
  const { fields, questionnaires, isOutbreak } = template;
  const calendar: Calendar = createCalendar(today);
  const own = isOutbreak
    ? fields
    : Object.fromEntries(Object.entries(fields).filter(([name]) => !OF_TEMPLATE.includes(name)));
  const forms = {
    case: questionnaires.caseInvestigationTemplate,
    contact: questionnaires.contactInvestigationTemplate,
  };
  return {
    fields: own,
    answers: (kind, on, dice) =>
      forms[kind].length > 0 ? createAnswers(forms[kind], on, dice, calendar) : undefined,
  };
}
