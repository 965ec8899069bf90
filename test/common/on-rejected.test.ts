import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { addToReport } from '#common/operations/operation.js';
import { finishWriting } from '#common/reporting/finish-writing.js';
import { failureOf, type OnRejected, readOnRejected } from '#common/reporting/on-rejected.js';
import type { StepReport } from '#common/reporting/report.js';
import { formatStep, isStepLine } from '#common/reporting/step-lines.js';

const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'case',
    id: `p${n}`,
    code: 'E1020',
    message: 'The day is in the future.',
  }));
const reportOf = (reached: number, rejected: number): StepReport => ({
  created: reached,
  ...(rejected > 0 ? { rejectedCount: rejected, rejected: rows(rejected) } : {}),
});
const handled = (report: StepReport, retried?: string[]) => ({
  step: 'upsert-cases',
  report,
  before: [],
  earlier: retried && { retried },
});
const policy = fc.oneof(
  fc.constant<OnRejected>('report'),
  fc.constant<OnRejected>('fail'),
  fc.double({ min: 0, max: 1, noNaN: true }).map((failAbove): OnRejected => ({ failAbove })),
);

describe('the option onRejected', () => {
  it.each([
    'stop',
    true,
    0.5,
    null,
    [],
    {},
    { failAbove: '0.5' },
    { failAbove: 1.1 },
    { failAbove: Number.NaN },
    { failAbove: 0.5, failBelow: 0.1 },
  ])('refuses %j', value => {
    const options = { onRejected: value as OnRejected };
    if (value === null) expect(readOnRejected(options)).toBe('report');
    else expect(() => readOnRejected(options)).toThrow(/onRejected: must be 'report', 'fail' or/);
  });

  it('is typed', () => {
    // @ts-expect-error not one of its values
    const word: OnRejected = 'stop';
    // @ts-expect-error a share has a name
    const share: OnRejected = 0.5;
    for (const onRejected of [word, share]) {
      expect(() => readOnRejected({ onRejected })).toThrow(/onRejected: must be/);
    }
  });

  it('never fails a step without rejected records, and always one without any other', () => {
    const counts = fc.record({
      reached: fc.nat(2000),
      rejected: fc.integer({ min: 1, max: 2000 }),
    });
    fc.assert(
      fc.property(policy, counts, (onRejected, { reached, rejected }) => {
        expect(failureOf(onRejected, handled(reportOf(reached, 0)))).toBeUndefined();
        expect(failureOf(onRejected, handled(reportOf(0, rejected)))).toBeDefined();
        const share = rejected / (rejected + reached);
        const fails =
          reached === 0 ||
          onRejected === 'fail' ||
          (typeof onRejected === 'object' && share > onRejected.failAbove);
        expect(failureOf(onRejected, handled(reportOf(reached, rejected))) !== undefined).toBe(
          fails,
        );
      }),
    );
  });

  it('lets a run that continues an earlier one have few rejected people, and those of before', () => {
    expect(failureOf('report', handled(reportOf(0, 9), []))).toBeUndefined();
    expect(failureOf('report', handled(reportOf(0, 10), []))).toBeDefined();
    expect(failureOf('report', handled(reportOf(0, 10), ['p3']))).toBeUndefined();
    expect(failureOf('fail', handled(reportOf(0, 1), ['p0']))).toBeDefined();
  });

  it('counts people, not the records of which they consist', () => {
    const report = { read: 4, ...reportOf(9, 1) };
    expect(failureOf('fail', handled(report))?.details).toMatchObject({ rejected: 1, total: 4 });
    const more = { read: 1, ...reportOf(1, 2) };
    expect(failureOf('fail', handled(more))?.details).toMatchObject({ rejected: 2, total: 2 });
  });

  it('counts the records that the steps before have rejected', () => {
    const report = reportOf(1, 0);
    const before = [reportOf(0, 3)];
    expect(failureOf({ failAbove: 0.7 }, { ...handled(report), before })?.details).toMatchObject({
      rejected: 3,
      total: 4,
    });
  });
});

describe('a writing step that fails because of rejected records', () => {
  const written = (report: StepReport) => ({
    step: 'upsert-cases',
    before: ['map-cases'],
    onRejected: 'fail' as const,
    data: { plan: { columns: [], rows: [], total: 0 } },
    report,
  });

  it('leaves its report, its plan and the memory in the state that it began with, not the cursor', () => {
    const input = { cursor: { at: 1 }, memory: { old: true }, data: { people: ['a'] }, report: {} };
    const next = { cursor: { at: 2 }, memory: { new: true } };
    expect(() => finishWriting(input, next, written(reportOf(1, 1)))).toThrow('1 of 2 records');
    expect(input).toEqual({
      cursor: { at: 1 },
      memory: { new: true },
      data: written({}).data,
      report: { 'upsert-cases': reportOf(1, 1) },
    });
  });

  it('does not fail in a dry run, which says that a run would', () => {
    const { report } = finishWriting({}, {}, written({ ...reportOf(1, 1), dryRun: true }));
    expect(report['upsert-cases']!.warnings).toEqual([
      'A run would end as failed: 1 of 2 records would be rejected (onRejected).',
    ]);
  });
});

describe('the lines of a report in the log', () => {
  it('are its counts, what else it tells, and at most 20 rejected records', () => {
    const told = ['1 of 2 cases (50 %) reach a value'];
    const lines = formatStep('upsert-cases', { read: 25, ...reportOf(2, 23) }, told);
    expect(lines.slice(0, 3)).toEqual([
      'report: upsert-cases: 25 read, 2 created, 23 rejected',
      'report: upsert-cases: 1 of 2 cases (50 %) reach a value',
      'report: upsert-cases: rejected case p0: E1020 The day is in the future.',
    ]);
    expect(lines).toHaveLength(2 + 20 + 1);
    expect(lines.at(-1)).toBe('report: upsert-cases: 3 more rejected: see the report in the state');
    expect(lines.every(isStepLine)).toBe(true);
  });

  it('say when there was nothing to do', () => {
    expect(formatStep('upsert-cases', {})).toEqual(['report: upsert-cases: nothing to do']);
    expect(isStepLine('report of the week')).toBe(false);
  });
});

it('an operation that is not of a workflow logs what was rejected, too', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  addToReport({}, 'bulk-update', { read: 1, updated: 1 });
  expect(log).not.toHaveBeenCalled();
  const rejected = [{ kind: 'cases', id: 'one', code: 'UNKNOWN', message: 'Not changed.' }];
  addToReport({}, 'bulk-update', { read: 2, updated: 1, rejectedCount: 1, rejected });
  expect(log.mock.calls.flat()).toEqual([
    expect.stringMatching(/^report: bulk-update: 2 read, 1 updated, 1 rejected$/),
    'report: bulk-update: rejected cases one: UNKNOWN Not changed.',
  ]);
});
