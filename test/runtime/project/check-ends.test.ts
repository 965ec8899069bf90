import { describe, expect, it } from 'vitest';
import { checkProject } from '#runtime/index.js';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

const OK = 'fn(state => state);';
const FAILS = "fn(() => { throw new Error('No.'); });";

type Edge = [from: string, to: string, condition: string];

/** Edges besides that of the trigger, which leads to the first job. */
function toYaml(edges: Edge[]) {
  return edges
    .map(([from, to, condition], index) => {
      const isNamed = /^(always|on_job_\w+)$/.test(condition);
      const type = isNamed
        ? `condition_type: ${condition}`
        : `condition_type: js_expression, condition_expression: '${condition}'`;
      return `      e${index}: { source_job: ${from}, target_job: ${to}, ${type}, enabled: true }`;
    })
    .join('\n');
}

function projectOf(jobs: Record<string, string>, edges: Edge[]) {
  const steps = Object.fromEntries(Object.entries(jobs).map(([key, job]) => [key, { job }]));
  return createProject({ steps, edges: toYaml(edges) });
}

async function endWarnings(jobs: Record<string, string>, edges: Edge[]) {
  const { problems } = await checkProject(projectOf(jobs, edges));
  return problems
    .filter(({ rule }) => rule === 'several-ends' || rule === 'swallowed-failure')
    .map(({ message }) => message.split(':')[0]);
}

const SUCCESS = 'on_job_success';
const FAILURE = 'on_job_failure';

describe('a run', () => {
  it('whose failure handler succeeds has failed, with a warning about the platform', async () => {
    const project = projectOf({ one: FAILS, notify: OK }, [['one', 'notify', FAILURE]]);
    const { status, stderr } = await runCommandLine(['run', 'small'], { cwd: project });
    expect(stderr).toMatch(
      /^Warning: Job notify ends a run in which one failed, but throws no error: the platform reports that run as a success\.\n/,
    );
    expect(stderr).toContain('Error: step one failed: No.');
    expect(status).toBe(1);
  });

  it('with several last steps gets a warning about the next cron run', async () => {
    const project = projectOf({ one: OK, two: OK, three: OK }, [
      ['one', 'two', SUCCESS],
      ['one', 'three', SUCCESS],
    ]);
    const { status, stderr } = await runCommandLine(['run', 'small'], { cwd: project });
    expect(stderr).toMatch(/^Warning: A run has 2 last steps: the final state is then a map/);
    expect(status).toBe(0);
  });
});

describe('last steps', () => {
  it.each<[string, Edge[], number]>([
    [
      'a chain',
      [
        ['a', 'b', SUCCESS],
        ['b', 'c', 'always'],
      ],
      1,
    ],
    [
      'a failure handler',
      [
        ['a', 'b', SUCCESS],
        ['a', 'c', FAILURE],
      ],
      1,
    ],
    [
      'alternatives',
      [
        ['a', 'b', 'state.x'],
        ['a', 'c', '!state.x'],
      ],
      1,
    ],
    [
      'a fork',
      [
        ['a', 'b', SUCCESS],
        ['a', 'c', SUCCESS],
      ],
      2,
    ],
    [
      'a fork with a condition',
      [
        ['a', 'b', SUCCESS],
        ['a', 'c', 'state.x'],
      ],
      2,
    ],
    [
      'a diamond with a last job that runs twice',
      [
        ['a', 'b', SUCCESS],
        ['a', 'c', SUCCESS],
        ['b', 'd', SUCCESS],
        ['c', 'd', SUCCESS],
      ],
      2,
    ],
    [
      'alternatives, one of which forks',
      [
        ['a', 'b', 'state.x'],
        ['a', 'c', '!state.x'],
        ['c', 'd', SUCCESS],
        ['c', 'e', SUCCESS],
      ],
      2,
    ],
  ])('of %s are counted', async (_, edges, count) => {
    const names = [...new Set(edges.flatMap(edge => edge.slice(0, 2)))];
    // Handlers throw here, so that only the number of last steps matters.
    const jobs = Object.fromEntries(names.map(name => [name, FAILS]));
    expect(await endWarnings(jobs, edges)).toEqual(
      count === 1 ? [] : [`A run has ${count} last steps`],
    );
  });

  it('do not count after a disabled edge', async () => {
    const project = createProject({
      steps: { one: { job: OK }, two: { job: OK }, three: { job: OK } },
      edges: `${toYaml([['one', 'two', SUCCESS]])}\n      off: { source_job: one, target_job: three, condition_type: always, enabled: false }`,
    });
    const { problems } = await checkProject(project);
    expect(problems.map(({ rule }) => rule)).not.toContain('several-ends');
  });
});

describe('a failure handler', () => {
  it.each([
    ['throws', FAILS],
    ['throws with an error of language-common', "fn(() => util.throwError('X', {}));"],
    ['asserts', "assert(false, 'failed');"],
    ['returns a rejected promise', "fn(() => Promise.reject(new Error('x')));"],
  ])('that %s does not hide the failure', async (_, job) => {
    expect(await endWarnings({ one: OK, notify: job }, [['one', 'notify', FAILURE]])).toEqual([]);
  });

  it('hides the failure when a later step ends the run without an error', async () => {
    const edges: Edge[] = [
      ['one', 'notify', FAILURE],
      ['notify', 'log', SUCCESS],
    ];
    expect(await endWarnings({ one: OK, notify: OK, log: OK }, edges)).toEqual([
      'Job log ends a run in which one failed, but throws no error',
    ]);
    expect(await endWarnings({ one: OK, notify: OK, log: FAILS }, edges)).toEqual([]);
    expect(await endWarnings({ one: OK, notify: FAILS, log: OK }, edges)).toEqual([]);
  });
});
