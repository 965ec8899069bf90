import { existsSync } from 'node:fs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A browser of this machine; undefined if there is none: then its tests skip. */
export const CHROMIUM = PLACES.find(place => place !== undefined && existsSync(place));

/** What the title of a skipped group says. */
export const WHY_SKIPPED = CHROMIUM
  ? ''
  : ' (skipped: no Chromium found; name one in CHROMIUM_PATH)';
