import { configurationError } from '#common/reporting/errors.js';
import { routeConsole } from '../../engine/loggers.js';
import { readMappings } from '../mapping/read-mappings.js';
import { createOnlineCheck, type OnlineCheck } from './online-check.js';
import { type PersonValues, readPersonValues } from './person-values.js';
import { type Preview, readPreview } from './preview.js';

/** What the page can ask the servers. One thing at a time: both lock accounts that are used twice. */
export interface Online {
  check: OnlineCheck;
  /** Begins a check; it goes on after this. */
  startCheck(): Promise<{ started: true }>;
  /** @throws IntegrationError `BUSY`, `UNKNOWN_WORKFLOW`, and those of `runWorkflow` */
  preview(workflow: string): Promise<Preview>;
  /** @throws as `preview`; `UNKNOWN_PERSON` */
  values(workflow: string, id: string): Promise<PersonValues>;
}

/**
 * Asks the servers for a page.
 *
 * @param project folder of project.yaml
 * @param credentials path of the credentials file
 * @param stateOf reads the state with which people are read, if there is one
 */
export function createOnline(
  project: string,
  credentials: string,
  stateOf: () => Record<string, unknown> = () => ({}),
): Online {
  const check = createOnlineCheck(project, credentials);
  let isBusy = false;
  const alone = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (isBusy) {
      throw configurationError('BUSY', 'The page is asking the servers already.', {
        fix: 'Wait until that has ended.',
      });
    }
    isBusy = true;
    // What adaptors log must not stand between the lines of the command.
    routeConsole(() => {});
    try {
      return await ask();
    } finally {
      isBusy = false;
    }
  };
  /** The step of a workflow that maps people. */
  const mappingStep = async (workflow: string): Promise<string> => {
    const jobs = await readMappings(project);
    const people = jobs.filter(({ rows }) => rows.some(({ programs }) => programs.length > 0));
    const steps = people.flatMap(job => job.steps).filter(one => one.workflow === workflow);
    if (steps[0]) return steps[0].step;
    throw configurationError('UNKNOWN_WORKFLOW', 'This workflow maps no people.', {
      fix: 'Choose another one.',
    });
  };
  return {
    check,
    startCheck: async () => {
      const running = alone(() => check.run());
      // An error before the check begins is told; later ones are findings.
      await Promise.race([running, new Promise(resolve => setImmediate(resolve))]);
      running.catch(() => {});
      return { started: true };
    },
    preview: workflow =>
      alone(async () => {
        await mappingStep(workflow);
        return readPreview({ project, credentials, workflow, state: stateOf() });
      }),
    values: (workflow, id) =>
      alone(async () => {
        const end = await mappingStep(workflow);
        const request = { project, credentials, workflow, state: stateOf(), end };
        const values = await readPersonValues(request, id);
        if (values) return values;
        throw configurationError('UNKNOWN_PERSON', `${id} is no longer among the first people.`, {
          fix: 'Read the preview again.',
        });
      }),
  };
}
