import type { Dhis2Seed } from '../dhis2/index.js';
import type { GoDataSeed } from '../godata/index.js';

/** What both servers hold when they start; also the form in which it is saved. */
export interface Content {
  goData: GoDataSeed;
  dhis2: Dhis2Seed;
}

/** Content that was made of something, and what was odd about that, a sentence each. */
export interface NewContent extends Content {
  warnings: string[];
}
