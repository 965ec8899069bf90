// The floor of a step: language-common's request and JSON.parse, over the same pages. Prints its CPU
// milliseconds, without the start. `gzip` as the second argument asks for compressed answers, as the step
// does: a fifth of the bytes, and more work.
import { util } from '../../adaptors/runtime/dist/@openfn/language-common/index.js';
import { casePages } from '../data/case-pages.js';

const [target, encoding = 'identity'] = process.argv.slice(2);
const { outbreakId, credentials } = JSON.parse(target);
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
  send('GET', path, { headers: { Authorization: token, 'accept-encoding': encoding } }),
);
const { user, system } = process.cpuUsage(started);
process.stdout.write(JSON.stringify({ cpuMs: (user + system) / 1000, read }), () =>
  process.exit(0),
);
