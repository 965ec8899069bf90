// The floor: a loop that fetches the same pages with the same filter and only parses them. It uses
// Node's own HTTP and zlib, which cost less than any client.
import { Agent, request } from 'node:http';
import { gunzip } from 'node:zlib';

const { outbreakId, credentials } = JSON.parse(process.argv[2]);
const { apiUrl, email, password } = credentials.godata;
const agent = new Agent({ keepAlive: true });
const FIELDS = [
  'dateOfReporting',
  'usualPlaceOfResidenceLocationId',
  'classification',
  'gender',
  'age',
  'dob',
  'outcomeId',
  'dateRanges',
  'id',
  'deleted',
];

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
const started = process.cpuUsage();
let read = 0;
let last = '';
for (;;) {
  const filter = { where: { id: { gt: last } }, fields: FIELDS, order: ['id ASC'], limit: 1000 };
  const page = await send(
    'GET',
    `/outbreaks/${outbreakId}/cases?filter=${encodeURIComponent(JSON.stringify(filter))}`,
    { Authorization: token },
  );
  read += page.length;
  if (page.length < 1000) break;
  last = page.at(-1).id;
}
agent.destroy();
const { user, system } = process.cpuUsage(started);
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, read }));
