// Makes the pictures of the pages from the demonstration with its invented outbreak, and the logos of the
// adaptors: `npm run pictures`. It needs a Chromium (CHROMIUM_PATH, or Debian's package chromium).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { makeLogos } from '../adaptors/make-logos.mjs';

const root = path.join(import.meta.dirname, '..');
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
  place => place && existsSync(place),
);
if (!executablePath) {
  console.error('No Chromium found. Name one in CHROMIUM_PATH. No picture was made.');
  process.exit(1);
}

/** @param {string[]} args of a program of this project, from its folder */
function runProgram(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root });
  if (status === 0) return String(stdout);
  console.error(String(stderr));
  process.exit(1);
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
runProgram('sandbox/dist/demo.js', '--state', folder);
const command = ['adaptors/runtime/bin/godata-dhis2.js', 'runs', 'open', '--json'];
const { page: file } = JSON.parse(runProgram(...command, '-w', 'cases-to-data-values'));
rmSync(folder, { recursive: true, force: true });

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({
  locale: 'en-GB',
  viewport: { width: 860, height: 1500 },
});
await page.goto(pathToFileURL(path.resolve(root, file)).href);
// The head of the page and three of its parts: the whole page is long.
const parts = ['facts', 'changes', 'map'].map(id => `#${id}`).join(', ');
await page.locator(parts).evaluateAll(found => {
  for (const one of found) one.remove();
});
await page.locator('#coverage .scroll').evaluate(one => one.remove());
await page.screenshot({ path: path.join(root, 'docs/report.png'), fullPage: true });
console.log('docs/report.png');
await makeLogos(browser);
await browser.close();
