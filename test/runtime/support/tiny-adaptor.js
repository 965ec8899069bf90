// A local adaptor as OpenFn lays one out; tests copy it to adaptors/packages/tiny/dist/index.js.
import { mkdirSync } from 'node:fs';

export { each, fn, fnIf } from '@openfn/language-common';

class IntegrationError extends Error {
  constructor(fields) {
    super(fields.message);
    this.name = 'IntegrationError';
    Object.assign(this, fields);
  }
}

/** Stores a value, or the result of a function of state, under a key of state. */
export function put(key, value) {
  return state => ({ ...state, [key]: typeof value === 'function' ? value(state) : value });
}

/** An operation that says what it gives, as adaptors of this project do. */
export function offer(...words) {
  return declare(state => state, { gives: { words } });
}

/** An operation that says what it needs. */
export function need(word) {
  const check = ({ words }) =>
    words.includes(word) ? [] : [{ message: `It gets no ${word}.`, fix: 'Offer it.', word }];
  return declare(state => state, { check });
}

function declare(operation, declaration) {
  return Object.defineProperty(operation, Symbol.for('godata-dhis2.declaration'), {
    value: declaration,
  });
}

/** Refuses its option as soon as it is made. */
export function refuse() {
  throw new IntegrationError({ message: 'option: no.', kind: 'configuration', fix: 'Omit it.' });
}

/** Fails as an adaptor of this project fails. */
export function failWith(fields) {
  return () => {
    throw new IntegrationError(fields);
  };
}

/** Fails as another library's adaptor fails: the error contains a request and its secrets. */
export function failForeign() {
  return () => {
    const error = new Error('GET https://u:pw@x.org/api/cases?access_token=t0ken failed with 500');
    error.body = { firstName: 'Ada' };
    throw error;
  };
}

/** Shows the keys of the configuration, so that tests can check it. */
export function showConfiguration() {
  return state => ({ ...state, seen: Object.keys(state.configuration), response: { status: 200 } });
}

/** Logs progress as the adaptors of this project do. */
export function progress(label, total) {
  return state => {
    for (let done = 0; done <= total; done += 1)
      console.log(`progress: ${label} ${done} of ${total}`);
    console.log('GET /api/cases?access_token=t0ken - 200');
    return state;
  };
}

/** Replaces an output file during the run. */
export function occupy(path) {
  return state => {
    mkdirSync(path);
    return state;
  };
}

/** Fails as a network library fails: with a code on a plain error, or with its own class. */
export function failPlain(fields) {
  return () => {
    throw Object.assign(new Error('No.'), fields);
  };
}

export function wait(milliseconds) {
  return state => new Promise(resolve => setTimeout(resolve, milliseconds, state));
}

/** What a writing step returns. */
export function report(step, entry, plan) {
  return state => ({
    ...state,
    data: plan ? { plan } : {},
    report: { ...state.report, [step]: { ...entry, dryRun: state.dryRun } },
  });
}
