import { ownOf } from '../project/own.js';
import type { Rule } from '../project/rules.js';
import type { TriggerSpec, WorkflowSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';
import { cronProblem } from './cron.js';

const TYPES = ['cron', 'webhook', 'kafka'];
const REPLIES = ['before_start', 'after_completion'];

/** Keys that only triggers of one type have. */
const OWN = {
  cron: ['cron_expression', 'cron_cursor_job'],
  webhook: ['webhook_reply', 'webhook_response_config'],
} as const;

/** Rule, key of the trigger, rest of the sentence. */
type PartProblem = [rule: Rule, key: string, message: string];

function checkCron(workflow: WorkflowSpec, trigger: TriggerSpec): PartProblem[] {
  const { cron_expression: expression, cron_cursor_job: job } = trigger;
  const wrong = expression == null ? 'is missing' : cronProblem(expression);
  return [
    ...(wrong ? [['bad-cron', 'cron_expression', `cron_expression ${wrong}`] as PartProblem] : []),
    ...(job && !ownOf(workflow.jobs, job)
      ? [['unknown-job', 'cron_cursor_job', `cron_cursor_job ${job} is unknown`] as PartProblem]
      : []),
  ];
}

function checkWebhook({ webhook_reply: reply }: TriggerSpec): PartProblem[] {
  if (reply == null || REPLIES.includes(reply)) return [];
  const known = `webhook_reply must be ${REPLIES.join(' or ')}`;
  return [['bad-trigger', 'webhook_reply', known]];
}

function checkTrigger(workflow: WorkflowSpec, key: string, trigger: TriggerSpec): PartProblem[] {
  const { type } = trigger;
  if (!type || !TYPES.includes(type)) {
    return [['bad-trigger', 'type', `type must be one of ${TYPES.join(', ')}`]];
  }
  const leads = Object.values(workflow.edges ?? {}).some(edge => edge.source_trigger === key);
  const idle: PartProblem[] = leads ? [] : [['bad-trigger', '', 'no edge leads from it to a job']];
  const stray = Object.entries(OWN)
    .flatMap(([owner, fields]) => (owner === type ? [] : fields))
    .filter(field => trigger[field] != null)
    .map((field): PartProblem => ['bad-trigger', field, `${field} has no effect on a ${type}`]);
  const own = type === 'cron' ? checkCron(workflow, trigger) : checkWebhook(trigger);
  return [...idle, ...own, ...stray];
}

/** What is wrong with the triggers of a workflow. */
export function checkTriggers(workflow: WorkflowSpec, at: string[]): SpecProblem[] {
  return Object.entries(workflow.triggers ?? {}).flatMap(([key, trigger]) =>
    checkTrigger(workflow, key, trigger).map(([rule, place, message]) => ({
      rule,
      path: [...at, 'triggers', key, place],
      message: `Trigger ${key}: ${message}.`,
    })),
  );
}
