// The floor of a whole run, and a peer: plain Node that reads the same pages with the same filter and
// parses them, by Node's own HTTP and zlib, which cost less than any client.
import { Agent, request } from 'node:http';
import { gunzip } from 'node:zlib';
import { casePages } from '../data/case-pages.js';

const { outbreakId, credentials } = JSON.parse(process.argv[2]);
const { apiUrl, email, password } = credentials.godata;
const agent = new Agent({ keepAlive: true });
/** @returns {Promise<any>} */
function send(method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      apiUrl + path,
      { method, agent, headers: { 'Accept-Encoding': 'gzip', ...headers } },
      response => {
        const chunks = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          if (response.headers['content-encoding'] !== 'gzip')
            resolve(JSON.parse(bytes.toString()));
          else
            gunzip(bytes, (error, text) =>
              error ? reject(error) : resolve(JSON.parse(text.toString())),
            );
        });
      },
    );
    sent.on('error', reject).end(body);
  });
}

const { id: token } = await send(
  'POST',
  '/users/login',
  { 'Content-Type': 'application/json' },
  JSON.stringify({ email, password }),
);
const read = await casePages(outbreakId, path => send('GET', path, { Authorization: token }));
agent.destroy();
process.stdout.write(JSON.stringify({ read }));
