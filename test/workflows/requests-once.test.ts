import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import { type RunningSandbox, startSandbox } from '#sandbox/library/start-sandbox.js';
import { MEMORY_KEY } from '../support/both-servers.js';
import { PROJECT } from '../support/workflow.js';

/** What describes data, and changes rarely: lists and single objects. */
const METADATA =
  /^\/api\/(system\/info|me|programs|programRules|dataSets|categoryCombos|optionSets|relationshipTypes|organisationUnits|locations(\/hierarchical)?|reference-data(\/available-categories)?|outbreaks(\/[^/]+)?|users\/[^/]+)$/;

const WORKFLOWS = [
  'org-units-to-locations',
  'locations-to-org-units',
  'options-to-reference-data',
  'cases-to-data-values',
  'tracked-entities-to-cases',
  'cases-to-tracked-entities',
  'two-way',
];

/** What a step may ask for more than once, and why. */
const TWICE_IN_A_STEP: Record<string, string> = {
  'fetch-org-units GET /api/organisationUnits':
    'The tree without areas shows which org units are due; then those are read with their areas.',
  'fetch-options GET /api/optionSets':
    'A name may hold what a filter treats as its own, so all names are read before the options of one.',
  'fetch-tracked-entities GET /api/programs':
    'What the account may not read is asked after the people: it was not read before either.',
  'fetch-tracked-entities GET /api/relationshipTypes':
    'As for programs; the first time decides how the contacts are read, and only in a first run.',
};

/** What two steps of a run ask for, and why the second does not take it from the first. */
const TWICE_IN_A_RUN: Record<string, string> = {
  'GET /api/system/info': 'Each step makes sure that its own credential leads to the same server.',
  'GET /api/dataSets': 'The writing step asks what its own account may write.',
  'GET /api/organisationUnits':
    'One step reads the tree, another one the places that it writes to.',
  'GET /api/programs': 'The writing step asks what its own account may write.',
  'GET /api/programRules': 'As for programs: the other step is of the other direction.',
  'GET /api/optionSets': 'As for programs: the other step is of the other direction.',
  'GET /api/reference-data': 'Between the two steps, others may have added an option.',
  'GET /api/outbreaks': 'Each step makes sure that its outbreak is the one of the cursor.',
  'GET /api/outbreaks/{id}': 'The questionnaires of an outbreak may be large.',
};

interface StepRequests {
  step: string;
  /** `GET /api/programs`, once for each request. */
  asked: string[];
}

let sandbox: RunningSandbox;
let runs: { workflow: string; run: string; steps: StepRequests[] }[];

beforeAll(async () => {
  sandbox = await startSandbox({ people: 40, casesCount: 200, today: '2026-11-24' });
  runs = [];
  for (const workflow of WORKFLOWS) {
    let state: Record<string, unknown> = {};
    for (const run of ['first', 'second']) {
      const { steps, left } = await watch(workflow, state);
      runs.push({ workflow, run, steps });
      state = left;
    }
  }
});
afterAll(() => sandbox.close());

/** Runs a workflow, and notes which metadata each step asks for. */
async function watch(workflow: string, state: Record<string, unknown>) {
  const { goData, dhis2, credentials } = sandbox;
  const steps: StepRequests[] = [];
  const take = () => {
    const entries = [goData, dhis2].flatMap(({ requests }) => [...requests.entries]);
    for (const { requests } of [goData, dhis2]) requests.reset();
    return entries.flatMap(({ method, url, route }) => {
      const path = url.split('?')[0]!;
      return method === 'GET' && METADATA.test(path)
        ? [namesOne(path) ? route : `GET ${path}`]
        : [];
    });
  };
  take();
  const key = { memoryKey: MEMORY_KEY };
  const outcome = await runWorkflow({
    project: PROJECT,
    workflow,
    credentials: {
      godata: { ...credentials.godata, ...key },
      dhis2: { ...credentials.dhis2, ...key },
    },
    state: { ...state, today: '2026-11-24' },
    onEvent: event => {
      if (event.type !== 'step-complete') return;
      steps.push({ step: event.step, asked: take() });
    },
  });
  expect(outcome.errors).toEqual([]);
  return { steps, left: outcome.state };
}

/** Whether a path is that of one object, whose id differs from server to server. */
function namesOne(path: string): boolean {
  return /^\/api\/(outbreaks|users)\/./.test(path);
}

function repeated(asked: readonly string[]): string[] {
  return [...new Set(asked.filter((one, n) => asked.indexOf(one) !== n))];
}

describe('metadata', () => {
  it('is asked for once by each step, except for what a named reason allows', () => {
    const twice = runs.flatMap(({ steps }) =>
      steps.flatMap(({ step, asked }) => repeated(asked).map(one => `${step} ${one}`)),
    );
    expect([...new Set(twice)].sort()).toEqual(Object.keys(TWICE_IN_A_STEP).sort());
  });

  it('is asked for by one step of a run, except for what a named reason allows', () => {
    const twice = runs.flatMap(({ steps }) =>
      repeated(steps.flatMap(({ asked }) => [...new Set(asked)])),
    );
    expect([...new Set(twice)].sort()).toEqual(Object.keys(TWICE_IN_A_RUN).sort());
  });

  it('of locations takes one request, however deep the tree is', () => {
    const { steps } = runs.find(
      ({ workflow, run }) => workflow === 'cases-to-tracked-entities' && run === 'first',
    )!;
    const { asked } = steps.find(({ step }) => step === 'fetch-people')!;
    expect(asked.filter(one => one.includes('/locations'))).toEqual([
      'GET /api/locations/hierarchical',
    ]);
  });
});
