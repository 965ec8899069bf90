// Makes the pictures of the pages from the demonstration with its invented outbreak, and the logos of the
// adaptors: `npm run pictures`. It needs a Chromium (CHROMIUM_PATH, or Debian's package chromium).
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
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

/**
 * Starts a program that goes on.
 * @param {RegExp} ready what it prints when it has started
 * @param {string[]} args
 * @returns {Promise<{ printed: string, end: () => Promise<unknown> }>} `end` waits until it has saved its data
 */
function start(ready, ...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  const ended = once(child, 'exit');
  const end = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return new Promise((resolve, reject) => {
    child.once('exit', status => reject(new Error(`${args.join(' ')} ended: ${status}`)));
    child.stdout.on('data', chunk => {
      printed += chunk;
      if (ready.test(printed)) resolve({ printed, end });
    });
  });
}

const COMMAND = 'adaptors/runtime/bin/godata-dhis2.js';
const demonstrate = (...args) => runProgram('sandbox/dist/demo.js', ...args, '--state', folder);

/**
 * The page of a run: its head and three of its parts, as the whole page is long.
 * @param {import('playwright-core').Page} page
 */
async function drawReport(page) {
  const command = [COMMAND, 'runs', 'open', '--json'];
  const { page: file } = JSON.parse(runProgram(...command, '-w', 'cases-to-data-values'));
  await page.goto(pathToFileURL(path.resolve(root, file)).href);
  const parts = ['facts', 'changes', 'map'].map(id => `#${id}`).join(', ');
  await page.locator(parts).evaluateAll(found => {
    for (const one of found) one.remove();
  });
  await page.locator('#coverage .scroll').evaluate(one => one.remove());
  await page.screenshot({ path: path.join(root, 'docs/report.png'), fullPage: true });
}

/**
 * The mapping of people beside both servers, after a check.
 * @param {import('playwright-core').Page} page
 */
async function drawMapping(page) {
  const credentials = path.join(folder, 'outbreak/credentials.json');
  const state = path.join(folder, 'outbreak');
  const servers = await start(
    /Ctrl-C/,
    ...[COMMAND, 'sandbox', '--state', state, '--credentials', credentials],
  );
  const view = await start(
    /http:\S+\n/,
    ...[COMMAND, 'view', '--no-open', '--credentials', credentials],
  );
  try {
    await page.setViewportSize({ width: 1300, height: 900 });
    await page.goto(view.printed.trim());
    await page.click('#check');
    await page.locator('#mapping', { hasText: 'Surname (ENRjVGxVL6l)' }).waitFor();
    const job = page.locator('.job', { hasText: 'map-people.js' });
    await job.locator('tr:nth-child(n + 10)').evaluateAll(found => {
      for (const one of found) one.remove();
    });
    await job.screenshot({ path: path.join(root, 'docs/mapping.png') });
  } finally {
    await view.end();
    await servers.end();
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 860, height: 1500 } });
demonstrate();
await drawReport(page);
demonstrate('tracked-entities-to-cases');
await drawMapping(page);
console.log('docs/report.png, docs/mapping.png');
await makeLogos(browser);
await browser.close();
rmSync(folder, { recursive: true, force: true });
