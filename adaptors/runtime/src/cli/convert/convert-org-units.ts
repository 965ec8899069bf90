import path from 'node:path';
import { configurationError } from '../../../../common/src/errors.js';
import type { StepReport } from '../../../../common/src/report.js';
import { compileJob } from '../../compile/compile-job.js';
import { routeConsole } from '../../engine/loggers.js';
import { type RunError, toRunError } from '../../engine/run-error.js';
import { type CompiledStep, runSteps } from '../../engine/run-steps.js';
import { type ExitStatus, exitStatusOf } from '../../exit-status.js';
import { checkWritable } from '../../files/check-writable.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { readProject } from '../../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../../project/read-workflow.js';
import { readReport } from '../../read-outcome.js';
import { formatError } from '../print/errors.js';
import { formatCount } from '../print/format.js';
import { readJson } from './read-json.js';
import { formatRemarks } from './remarks.js';

/** Options of `godata-dhis2 convert-org-units`, as the command line gives them. */
export interface ConvertOptions {
  rootLevel?: number;
  root?: string[];
  verbose?: boolean;
  /** Folder of project.yaml. */
  project: string;
}

/** The workflow whose mapping converts, and the step that holds it. */
const WORKFLOW = 'org-units-to-locations';
const MAPPING = 'map-locations';

const printError = (lines: string[]) => process.stderr.write(`${lines.join('\n')}\n`);

/**
 * `godata-dhis2 convert-org-units`: the workflow's own mapping job between two operations that read and
 * write files instead of servers.
 *
 * @returns the exit status
 */
export async function convertOrgUnits(
  input: string,
  output: string | undefined,
  options: ConvertOptions,
): Promise<ExitStatus> {
  try {
    routeConsole(() => {});
    const data = readJson(input);
    if (output) checkWritable(output);
    const steps = await readSteps(options.project);
    const { rootLevel, root: roots } = options;
    const workflow = { key: WORKFLOW, name: WORKFLOW, steps, starts: [steps[0]!.id] };
    const state = { data, options: { rootLevel, roots } };
    const result = await runSteps(workflow, steps, {}, state, () => {}, { isUnlimited: true });
    if (result.errors.length > 0) return tellErrors(result.errors);
    const text = JSON.stringify(result.state.data);
    if (output) writeAtomically(output, `${text}\n`);
    else process.stdout.write(`${text}\n`);
    return tell(readReport(result.leaves), output, options.verbose ?? false);
  } catch (error) {
    return tellErrors([toRunError(error)]);
  }
}

async function readSteps(project: string): Promise<CompiledStep[]> {
  const { steps } = await readWorkflow(readProject(path.resolve(project)), WORKFLOW);
  const from = steps[0]!;
  const mapping = steps.find(({ id }) => id === MAPPING);
  if (!mapping) throw noMapping();
  return [
    toStep(from, 'read-org-units', 'parseOrgUnits(state => state.options);', MAPPING),
    {
      ...mapping,
      compiled: compile(mapping),
      credential: undefined,
      next: next('write-locations'),
    },
    toStep(mapping, 'write-locations', 'locationsToFile();'),
  ];
}

function noMapping() {
  const message = `The workflow ${WORKFLOW} has no step ${MAPPING}, whose job converts.`;
  const fix = 'Give the step its name back in project.yaml.';
  return configurationError('UNKNOWN_STEP', message, { fix });
}

/** A step of our own with the adaptor of another. */
function toStep({ adaptor }: WorkflowStep, id: string, source: string, to?: string): CompiledStep {
  const step = { id, key: id, name: id, adaptor, source, file: id, credential: undefined };
  return { ...step, next: next(to), compiled: compile(step) };
}

function next(to: string | undefined): WorkflowStep['next'] {
  return to === undefined ? [] : [{ to, condition: 'on_job_success', disabled: false }];
}

function compile({ source, file, name, adaptor }: Omit<WorkflowStep, 'next'>) {
  return compileJob({ source, file, name, adaptors: [adaptor] });
}

function tell(
  report: Record<string, StepReport>,
  output: string | undefined,
  isVerbose: boolean,
): ExitStatus {
  const reports = Object.values(report);
  const rejected = reports.reduce((sum, { rejectedCount = 0 }) => sum + rejectedCount, 0);
  const { read = 0, leftOut = [] } = report['read-org-units'] ?? {};
  const outside = leftOut.reduce((sum, { count }) => sum + count, 0);
  const facts = [
    `${formatCount(read)} org units read`,
    `${formatCount(read - rejected - outside)} converted`,
    ...(outside > 0 ? [`${formatCount(outside)} outside the chosen roots`] : []),
    ...(rejected > 0 ? [`${formatCount(rejected)} rejected`] : []),
  ];
  printError([
    ...reports.flatMap(one => formatRemarks(one, isVerbose)),
    `${facts.join(', ')}.`,
    ...(output ? [`Written: ${output}`] : []),
  ]);
  return exitStatusOf([], rejected);
}

function tellErrors(errors: RunError[]): ExitStatus {
  for (const error of errors) printError(formatError(error));
  return exitStatusOf(errors, 0);
}
