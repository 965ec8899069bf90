// The floor of a step: language-common's request and JSON.parse, over the same pages. Prints its CPU
// milliseconds, without the start.
import { util } from '../../adaptors/runtime/dist/@openfn/language-common/index.js';
import { casePages } from '../data/case-pages.js';

const { outbreakId, credentials } = JSON.parse(process.argv[2]);
const { apiUrl, email, password } = credentials.godata;
console.log = () => {};
const send = async (method, path, options) =>
  JSON.parse((await util.request(method, apiUrl + path, { parseAs: 'text', ...options })).body);

const { id: token } = await send('POST', '/users/login', {
  body: JSON.stringify({ email, password }),
  headers: { 'content-type': 'application/json' },
});
const started = process.cpuUsage();
const read = await casePages(outbreakId, path =>
  send('GET', path, { headers: { Authorization: token } }),
);
const { user, system } = process.cpuUsage(started);
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, read }), () =>
  process.exit(0),
);
