import { configurationError } from './errors.js';
import { cutLists, type State, type StepReport } from './report.js';
import { formatStep } from './step-lines.js';

/** Bytes of JSON above which a platform destroys the state of a step (openfn FACTS §6), less a margin. */
const MAX_DATA_BYTES = 9_000_000;

/**
 * The state that a step returns: the inputs of the run, earlier reports, this step's report, and
 * the data for the next step. `references` and `response` are cleared. The log gets the report in a
 * few lines.
 *
 * @param step name of the step: the key of its report
 * @param told lines of the log after the counts: those of {@link coverageLines}
 * @throws IntegrationError `STATE_TOO_LARGE` (configuration), because a platform would destroy the
 * state silently
 */
export function nextState<S extends State, D>(
  state: S,
  step: string,
  data: D,
  report: StepReport,
  told: readonly string[] = [],
): Omit<S, 'data' | 'references' | 'response'> & { data: D; report: Record<string, StepReport> } {
  const isUnlimited = state.isUnlimited === true;
  if (!isUnlimited) checkSize(step, data);
  const { data: _data, references: _references, response: _response, ...kept } = state;
  const entry = isUnlimited ? report : cutLists(report);
  for (const line of formatStep(step, entry, told)) console.log(line);
  return { ...kept, data, report: { ...state.report, [step]: entry } };
}

function checkSize(step: string, data: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= MAX_DATA_BYTES) return;
  throw configurationError(
    'STATE_TOO_LARGE',
    `${step} would pass ${Math.round(bytes / 1e6)} MB to the next step. Platforms destroy a state above 10 MB.`,
    {
      fix: 'Read less in one run: a smaller batchSize, a narrower window, fewer or coarser dimensions.',
    },
  );
}
