import type { Dhis2Seed } from '../dhis2/index.js';
import type { GoDataSeed } from '../godata/index.js';

/** The content of both servers at the start, and the form in which it is saved. */
export interface Content {
  goData: GoDataSeed;
  dhis2: Dhis2Seed;
}

/** New content, and remarks about the files that it was built from, one sentence each. */
export interface NewContent extends Content {
  warnings: string[];
}
