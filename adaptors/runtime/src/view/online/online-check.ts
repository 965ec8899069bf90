import { checkOnline, type OnlineFinding } from '../../check/check-online.js';
import { createMetadataReader, type Metadata } from './metadata.js';

/** How far a check has come, and what it found. */
export interface CheckState {
  status: 'none' | 'running' | 'done';
  /** The workflow that is tried now. */
  workflow?: string;
  /** Workflows that were begun. */
  begun: number;
  /** ISO 8601. */
  endedAt?: string;
  findings: OnlineFinding[];
  metadata: Metadata;
}

/** A check that runs when it is asked for, and stays known until the next one. */
export interface OnlineCheck {
  state(): CheckState;
  /** Ends when the check has ended. Errors of servers are findings. */
  run(): Promise<void>;
}

const NOTHING: Metadata = { programs: {}, given: {} };

/**
 * The check of `check --online` for a page: its result is kept in memory only.
 *
 * @param project folder of project.yaml
 * @param credentials path of the credentials file
 */
export function createOnlineCheck(project: string, credentials: string): OnlineCheck {
  let state: CheckState = { status: 'none', begun: 0, findings: [], metadata: NOTHING };
  return {
    state: () => state,
    async run() {
      const reader = createMetadataReader();
      const running = (begun: number, workflow?: string): CheckState => ({
        ...{ status: 'running', begun, findings: [], metadata: NOTHING },
        ...(workflow === undefined ? {} : { workflow }),
      });
      state = running(0);
      const findings = await checkOnline(project, credentials, {
        onWorkflow: workflow => {
          state = running(state.begun + 1, workflow);
        },
        onEvent: (_, event) => reader.readEvent(event),
        onReport: (workflow, report) => reader.readReport(workflow, report),
      });
      const endedAt = new Date().toISOString();
      const { begun } = state;
      state = { status: 'done', begun, endedAt, findings, metadata: reader.metadata };
    },
  };
}
