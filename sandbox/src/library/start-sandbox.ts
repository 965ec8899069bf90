import type { RunningDhis2 } from '../dhis2/index.js';
import type { Dhis2Cost } from '../dhis2/server-context.js';
import { type GoDataCost, ONE_WORKER } from '../godata/cost.js';
import type { RunningGoData } from '../godata/index.js';
import type { JsonSource } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';
import { chooseContent } from '../main/choose-content.js';
import { DEFAULTS } from '../main/options.js';
import { readCredentials, startServers } from '../main/servers.js';

/** Options of {@link startSandbox}; those of the program `sandbox`, with the same meaning. */
export interface SandboxOptions {
  /** Metadata that DHIS2 exports, instead of the built-in programs and data set. */
  dhis2Metadata?: JsonSource[];
  /** An outbreak or an outbreak template of Go.Data, with its questionnaires. */
  godataTemplate?: JsonSource;
  /** As `GET /api/reference-data` answers it. */
  godataReferenceData?: JsonSource;
  /** As `GET /api/languages/{id}/language-tokens` answers it, one for each language. */
  godataLabels?: JsonSource[];
  /** Paths of lists of the user's own, instead of the invented outbreak. */
  cases?: string;
  contacts?: string;
  orgUnits?: string;
  /** How many people to invent for the programs of DHIS2. @default 500 */
  people?: number;
  /** How many cases to invent. @default 2400 */
  casesCount?: number;
  /** Any whole number; the same one gives the same content on one day. @default 1 */
  seed?: number;
  /** The last day of the outbreak, `yyyy-MM-dd`. @default today */
  today?: string;
  /** `2.38` to `2.44`. @default '2.42' */
  dhis2Version?: string;
  /** `2.34` to `2.50`. @default '2.50.3' */
  godataVersion?: string;
  /** How many milliseconds slower a real DHIS2 is. @default nothing */
  dhis2Cost?: Dhis2Cost;
  /** How many milliseconds longer a real Go.Data works; `ONE_WORKER` has those of one worker. @default nothing */
  godataCost?: GoDataCost;
  /** @default 0, any free port */
  dhis2Port?: number;
  /** @default 0, any free port */
  godataPort?: number;
}

/** Both servers, listening. */
export interface RunningSandbox {
  goData: RunningGoData;
  dhis2: RunningDhis2;
  /** The accounts of both, in the form of a credentials file. */
  credentials: {
    godata: { apiUrl: string; email: string; password: string };
    dhis2: { hostUrl: string; username: string; password: string };
  };
  /** How it differs from the servers of the files, one sentence each. */
  notes: string[];
  /** Stops both servers. Nothing is kept. */
  close(): Promise<void>;
}

/** All options, to refuse any other. */
const OPTIONS: Record<keyof SandboxOptions, true> = {
  ...{ dhis2Metadata: true, godataTemplate: true, godataReferenceData: true, godataLabels: true },
  ...{ cases: true, contacts: true, orgUnits: true, people: true, casesCount: true, seed: true },
  ...{ today: true, dhis2Version: true, godataVersion: true, dhis2Port: true, godataPort: true },
  ...{ dhis2Cost: true, godataCost: true },
};

/** The names of costs. */
const COSTS = { dhis2Cost: ['relationships'], godataCost: Object.keys(ONE_WORKER) };

/**
 * Starts a Go.Data and a DHIS2 on this machine, with the same content as the program `sandbox`.
 *
 * @throws UsageError with `message` and `fix`, if a source is not what it should be or has what the
 * sandbox does not model, an option is unknown, or a port is taken
 * @throws RangeError if a number, a cost or the day is not valid
 * @example
 * const sandbox = await startSandbox({ dhis2Metadata: ['program.json'], people: 50 });
 * console.log(sandbox.credentials.dhis2.hostUrl);
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const unknown = Object.keys(options).find(name => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `startSandbox: there is no option ${unknown}.`,
      `Use some of: ${Object.keys(OPTIONS).join(', ')}.`,
    );
  }
  checkCosts(options);
  const { today = new Date().toISOString().slice(0, 10), dhis2Port = 0, godataPort = 0 } = options;
  const all = { ...DEFAULTS, ...options };
  const { warnings, ...content } = chooseContent(all, today);
  const servers = await startServers(content, { ...all, dhis2Port, godataPort });
  const { goData: godata, dhis2 } = readCredentials(servers);
  return {
    ...servers,
    credentials: { godata, dhis2 },
    notes: warnings,
    close: async () => {
      await Promise.all([servers.goData.close(), servers.dhis2.close()]);
    },
  };
}

function checkCosts(options: SandboxOptions): void {
  for (const [option, names] of Object.entries(COSTS) as [keyof typeof COSTS, string[]][]) {
    for (const [name, ms] of Object.entries(options[option] ?? {})) {
      if (names.includes(name) && Number.isFinite(ms) && ms >= 0) continue;
      throw new RangeError(
        `${option} has ${name}: ${ms}. It must have milliseconds for some of: ${names.join(', ')}.`,
      );
    }
  }
}
