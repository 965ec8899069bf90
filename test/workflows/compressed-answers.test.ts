import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryJson } from '../support/command.js';
import { aCase } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { startProxy } from '../support/proxy.js';
import { IS_DEEP } from '../support/runs.js';
import { PROJECT, type Servers, startServers } from '../support/workflow.js';

const MB = 1024 * 1024;
const MAIN = path.join(PROJECT, 'adaptors/runtime/dist/main.js');
const NODE_FLAGS = ['--experimental-vm-modules', '--no-warnings'];
/** Prints the most memory that a process has had, in kilobytes (`resourceUsage`), when it ends. */
const PRINT_PEAK =
  "data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";

const COMPRESSORS = {
  gzip: () => createGzip({ level: 1 }),
  deflate: () => createDeflate({ level: 1 }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};
type Encoding = keyof typeof COMPRESSORS;

/** 512 MB of zeros, compressed. */
async function bombOf(encoding: Encoding): Promise<Buffer> {
  const compressor = COMPRESSORS[encoding]();
  const pieces: Buffer[] = [];
  compressor.on('data', piece => pieces.push(piece));
  const zeros = Buffer.alloc(16 * MB);
  for (let n = 0; n < 32; n += 1) {
    if (!compressor.write(zeros)) await once(compressor, 'drain');
  }
  compressor.end();
  await once(compressor, 'end');
  return Buffer.concat(pieces);
}

let servers: Servers;
afterEach(() => servers?.close());

/** Which answers are replaced, and what the error is: language-common inflates good answers only. */
const PLACES = [
  [
    'Go.Data',
    /\/cases/,
    200,
    { gzip: 'ANSWER_TOO_LARGE', deflate: 'ANSWER_TOO_LARGE', br: 'ANSWER_TOO_LARGE' },
  ],
  [
    'DHIS2',
    /\/dataValueSets/,
    409,
    { gzip: 'ANSWER_TOO_LARGE', deflate: 'NOT_JSON', br: 'NOT_JSON' },
  ],
] as const;

describe.runIf(IS_DEEP).each(Object.keys(COMPRESSORS) as Encoding[])(
  '512 MB compressed with %s, in place of an answer',
  encoding => {
    it('ends a run with an error; the process never needs 600 MB', async () => {
      const body = await bombOf(encoding);
      servers = await startServers({ people: [aCase()] });
      const project = editProject({});
      onTestFinished(project.remove);
      for (const [system, place, status, codes] of PLACES) {
        const what = `${encoding} ${place} ${status}`;
        let played = 0;
        const refuse = (url: URL) => {
          if (!place.test(url.pathname)) return undefined;
          played += 1;
          return { status, body, headers: { 'Content-Encoding': encoding } };
        };
        const goData = await startProxy(servers.goData.url, system === 'Go.Data' ? { refuse } : {});
        const dhis2 = await startProxy(servers.dhis2.url, system === 'DHIS2' ? { refuse } : {});
        const { godata, dhis2: account } = servers.credentials;
        const credentials = temporaryJson('credentials.json', {
          godata: { ...godata, apiUrl: `${goData.url}/api` },
          dhis2: { ...account, hostUrl: dhis2.url },
        });
        const args = ['run', 'cases-to-data-values', '--credentials', credentials];
        const child = spawn(
          process.execPath,
          [...NODE_FLAGS, '--import', PRINT_PEAK, MAIN, ...args, '--project', project.folder],
          { stdio: ['ignore', 'ignore', 'pipe'] },
        );
        const [stderr] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
        expect(played, what).toBe(1);
        expect(stderr, what).toContain(`(${codes[encoding]})`);
        expect(child.exitCode, what).toBe(1);
        expect(Number(/peak (\d+)/.exec(stderr)![1]) / 1024, what).toBeLessThan(600);
      }
    });
  },
);
