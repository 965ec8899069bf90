import { coverageLines } from './coverage.js';
import { finishWriting, reportsBefore, type Written } from './finish-writing.js';
import { coverageOfPeople, type WrittenPeople } from './people-coverage.js';
import type { State } from './report.js';

/** As {@link finishWriting}, of a step that writes people: their coverage is in its report and log. */
export function finishPeople<S extends State, D>(
  input: State,
  state: S,
  written: Written<D>,
  people: WrittenPeople,
) {
  const before = reportsBefore(input, written.before);
  const coverage = coverageOfPeople(people, written.report, before);
  const report = { ...(coverage ? { coverage } : {}), ...written.report };
  return finishWriting(input, state, { ...written, report, told: coverageLines(report) });
}
