import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configurationError } from '#common/reporting/errors.js';
import { formatCount } from '#common/reporting/format-count.js';
import type { StepReport } from '#common/reporting/report.js';
import { compileJob } from '../../compile/compile-job.js';
import { routeConsole } from '../../engine/loggers.js';
import { type RunError, toRunError } from '../../engine/run-error.js';
import { runSteps } from '../../engine/run-steps.js';
import type { CompiledStep } from '../../engine/step-run.js';
import { checkWritable, unwritable } from '../../files/check-writable.js';
import { isSameFile } from '../../files/same-file.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { readProject } from '../../project/read-project.js';
import { readWorkflow, type WorkflowStep } from '../../project/read-workflow.js';
import { type ExitStatus, exitStatusOf } from '../../run/exit-status.js';
import { formatError } from '../print/errors.js';
import { printError } from '../print/print-lines.js';
import { readJson } from './read-json.js';
import { formatRemarks } from './remarks.js';
import { type Node, toPieces } from './to-pieces.js';

/** Options of `godata-dhis2 convert-org-units`, as the command line gives them. */
export interface ConvertOptions {
  rootLevel?: number;
  root?: string[];
  verbose?: boolean;
  /** Folder of project.yaml. */
  project: string;
}

/** The workflow whose mapping is used, and the step that holds it. */
const WORKFLOW = 'org-units-to-locations';
const MAPPING = 'map-locations';

/**
 * `godata-dhis2 convert-org-units`: runs the workflow's own mapping job between two operations that
 * read and write files instead of servers. Only the job runs in the engine.
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
    if (output) checkOutput(input, output);
    const { fetching, mapping } = await readSteps(options.project);
    const { rootLevel, root: roots } = options;
    const parseOrgUnits = await loadOperation(fetching, 'parseOrgUnits');
    const locationsToFile = await loadOperation(mapping, 'locationsToFile');
    const limits = { isUnlimited: true };
    const read = () => parseOrgUnits({ rootLevel, roots })({ ...limits, data: readJson(input) });
    const { errors, mapped } = await runMapping(mapping, read);
    if (errors.length > 0) return printErrors(errors);
    const { data, report } = await locationsToFile()(mapped);
    const pieces = withNewline(toPieces(data as Node[]));
    if (output) writeAtomically(output, pieces);
    else process.stdout.write([...pieces].join(''));
    return printSummary(report as Record<string, StepReport>, output, options.verbose ?? false);
  } catch (error) {
    return printErrors([toRunError(error)]);
  }
}

/** Refuses to replace the input: it may be the only copy. */
function checkOutput(input: string, output: string): void {
  checkWritable(output);
  if (isSameFile(input, output)) throw unwritable(output, 'it is the file that is read');
}

type State = Record<string, unknown>;
type Operation = (...args: unknown[]) => (state: State) => State | Promise<State>;

/** The step that names DHIS2's adaptor, and the mapping step with Go.Data's. */
async function readSteps(project: string) {
  const { steps } = await readWorkflow(readProject(path.resolve(project)), WORKFLOW);
  const [fetching] = steps;
  const mapping = steps.find(({ id }) => id === MAPPING);
  if (!fetching || !mapping) throw noMapping();
  return { fetching, mapping };
}

async function loadOperation({ adaptor }: WorkflowStep, name: string): Promise<Operation> {
  const operations = (await import(pathToFileURL(adaptor.running.entry).href)) as Record<
    string,
    Operation
  >;
  if (operations[name]) return operations[name];
  throw configurationError('NO_OPERATION', `The adaptor ${adaptor.name} has no ${name}.`, {
    fix: `Use the adaptors of this project for ${WORKFLOW} in project.yaml.`,
  });
}

/**
 * Runs the mapping job. The engine copies each state several times; so org units and locations,
 * which may be those of a whole country, go around it: operations before and after the job put them
 * into its state and take them out.
 */
async function runMapping(step: WorkflowStep, read: () => State | Promise<State>) {
  const { file, name, adaptor } = step;
  let state: State = await read();
  const globals = {
    putOrgUnits({ configuration }: State) {
      const given = { ...state, configuration };
      // Nothing here holds the org units any longer than the job does.
      state = {};
      return given;
    },
    takeLocations: (mapped: State) => {
      state = mapped;
      return {};
    },
  };
  const source = `fn(putOrgUnits); ${step.source}\nfn(takeLocations);\n`;
  const compiled = compileJob({ source, file, name, adaptors: [adaptor] });
  const alone: CompiledStep = { ...step, compiled, credential: undefined, next: [] };
  const workflow = { key: WORKFLOW, name: WORKFLOW, steps: [alone], starts: [alone.id] };
  const options = { isUnlimited: true, globals };
  const { errors } = await runSteps(workflow, [alone], {}, {}, () => {}, options);
  return { errors, mapped: state };
}

function noMapping() {
  const message = `The workflow ${WORKFLOW} has no step ${MAPPING}, whose job converts org units.`;
  const fix = 'Restore the name of the step in project.yaml.';
  return configurationError('UNKNOWN_STEP', message, { fix });
}

function* withNewline(pieces: Iterable<string>): Generator<string, void> {
  yield* pieces;
  yield '\n';
}

function printSummary(
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

function printErrors(errors: RunError[]): ExitStatus {
  for (const error of errors) printError(formatError(error));
  return exitStatusOf(errors, 0);
}
