/** A constant of a shipped job that gets a value of the user's own. */
export interface Constant {
  /** Name of a top-level `const` of the job. */
  name: string;
  /** Its value, as code. */
  code: string;
  /** Lines of the comment that replace the one above it. Default: it stays. */
  comment?: readonly string[];
}

/** How a job of a new project differs from the shipped one. */
export interface JobDraft {
  /** Its path in the project: `jobs/people/map-people.js`. */
  file: string;
  /** The whole text, or the constants that have other values. */
  change: string | readonly Constant[];
}

/** A workflow that a new project cannot run as it is. */
export interface LeftOut {
  /** Its name. */
  workflow: string;
  /** In one sentence, for the terminal and for project.yaml. */
  why: string;
  /** Whether its jobs are written all the same, and project.yaml has it as a comment. */
  isUnsure: boolean;
}

/** What a new project has of its own. */
export interface ProjectDraft {
  jobs: readonly JobDraft[];
  leftOut: readonly LeftOut[];
  /** What was found on the servers, for the terminal. */
  remarks: readonly string[];
}

/** What the user chose on the command line. */
export interface Choices {
  outbreak?: string;
  caseProgram?: string;
  contactProgram?: string;
  dataSet?: string;
  /** Ids or codes of org units. */
  roots?: readonly string[];
}

/** What a draft is made of. */
export interface DraftRequest {
  /** By name: `godata` and `dhis2`. */
  credentials: Readonly<Record<string, unknown>>;
  choices: Choices;
  /** Asks on a terminal; undefined where there is none. */
  ask?: (question: string, answers: readonly string[]) => Promise<string>;
}

/** A project whose mapping of people is compared with what the servers have. */
export interface OfferRequest {
  /** By name: `godata` and `dhis2`. */
  credentials: Readonly<Record<string, unknown>>;
  /** Text of the job that maps people. */
  mapping: string;
  /** Text of the job that names the outbreak. */
  upsert: string;
}

/** What the drafting part offers. */
export interface Drafting {
  offerRows(request: OfferRequest): Promise<string[]>;
  draftProject(request: DraftRequest): Promise<ProjectDraft>;
}
