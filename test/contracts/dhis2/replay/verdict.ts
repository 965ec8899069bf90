import { compare, type Difference, type Sameness } from './compare.js';
import type { Recording } from './recordings.js';

/** A server's answer to a recorded request. */
export interface Answer {
  status: number;
  contentType: string | null;
  location: string | null;
  body: unknown;
}

/**
 * How an answer compares to the recorded one. `stricter`: it refuses what the real server accepts;
 * `kinder`: it accepts what the real one refuses, or returns data where that returns none; `other`:
 * the same decision in another form; `unknown`: the sandbox answers that it does not support the
 * request.
 */
export type Verdict = 'alike' | 'stricter' | 'kinder' | 'other' | 'unknown';

export interface Judgement {
  verdict: Verdict;
  differences: Difference[];
}

/** Error codes anywhere in an answer, each once, sorted. */
function codesIn(body: unknown): string[] {
  const codes = new Set<string>();
  JSON.stringify(body ?? null, (key, value) => {
    if (/^(errorCode|code|warningCode)$/.test(key) && /^E\d{4}$/.test(String(value))) {
      codes.add(value);
    }
    return value;
  });
  return [...codes].sort();
}

/** Judges an answer by the recorded one. */
export function judge({ response }: Recording, ours: Answer, same: Sameness): Judgement {
  const said = ours.body as { message?: unknown; errorCode?: unknown } | null;
  if (ours.status === 501 || said?.errorCode === 'SANDBOX') {
    const message = String(said?.message ?? '').slice(0, 160);
    const real = String(response.status);
    return {
      verdict: 'unknown',
      differences: [{ where: '(status)', kind: 'value', real, ours: `${ours.status} ${message}` }],
    };
  }
  const direction = response.status < 400 ? ours.status < 400 : ours.status >= 400;
  const [realCodes, ourCodes] = [codesIn(response.body), codesIn(ours.body)];
  const differences = [
    ...differ('(status)', response.status, ours.status),
    ...differ('(codes)', realCodes.join(' '), ourCodes.join(' ')),
  ];
  // After a different decision, everything else differs too.
  if (direction) {
    // For an empty body, the sandbox's HTTP library sends the content type of text.
    const isNothing = (response.body ?? '') === '' && ours.body === '';
    const real = mediaType(response.headers['content-type']);
    const our = isNothing ? real : mediaType(ours.contentType);
    differences.push(
      ...differ('(content type)', real, our),
      ...compareLocations(response.headers.location, ours.location, same),
      ...compareBodies(response.body ?? '', ours.body ?? '', same),
    );
  }
  return {
    verdict: verdictOf(response.status, realCodes, ours.status, ourCodes, differences),
    differences,
  };
}

function verdictOf(
  realStatus: number,
  realCodes: readonly string[],
  ourStatus: number,
  ourCodes: readonly string[],
  differences: readonly Difference[],
): Verdict {
  if (differences.length === 0) return 'alike';
  if (realStatus >= 400 && ourStatus < 400) return 'kinder';
  if (realStatus < 400 && ourStatus >= 400) return 'stricter';
  if (ourStatus < 400 && realCodes.length > 0 && ourCodes.length === 0) return 'kinder';
  if (ourStatus < 400 && differences.some(isMoreData)) return 'kinder';
  return 'other';
}

/** Lists of the errors in a request, and of settings of a report: no data. */
const REPORTS = /(Reports|conflicts|args|typeReports|uid|indexes|notifications)\[\]$/;

function isMoreData({ kind, where, ours }: Difference): boolean {
  if (kind === 'more') return !REPORTS.test(where);
  return kind === 'extra' && /^\[[^\]]/.test(ours) && !REPORTS.test(`${where}[]`);
}

function differ(where: string, real: unknown, ours: unknown): Difference[] {
  if (real === ours) return [];
  return [{ where, kind: 'value', real: String(real), ours: String(ours) }];
}

const mediaType = (header: string | null | undefined) => header?.split(';')[0]?.trim() ?? '';

function compareLocations(real: string | undefined, ours: string | null, same: Sameness) {
  const settled = (text: string, of: 'real' | 'ours') => same.ids.mask(same.settle(text, of));
  return differ('(location)', settled(real ?? '', 'real'), settled(ours ?? '', 'ours'));
}

function compareBodies(real: unknown, ours: unknown, same: Sameness): Difference[] {
  // Pages of HTML are not compared beyond their content type.
  if (typeof real === 'string' && /^\s*<!doctype html/i.test(real)) return [];
  const cut = (real as { $cut?: unknown; text?: string } | null)?.$cut;
  if (cut === undefined) return compare(real, ours, same, '');
  const text = (real as { text: string }).text;
  const whole = completeJson(text);
  return compare(whole, ours, same, '').filter(({ kind }) => kind !== 'extra' && kind !== 'more');
}

/** The JSON at the start of a text, without the incomplete part where it was cut. */
export function completeJson(text: string): unknown {
  const closers: string[] = [];
  let safe = '';
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    if (inText) {
      if (char === '\\') index += 1;
      else if (char === '"') inText = false;
      continue;
    }
    if (char === '"') inText = true;
    else if (char === '{' || char === '[') closers.push(char === '{' ? '}' : ']');
    else if (char === '}' || char === ']') {
      closers.pop();
      safe = text.slice(0, index + 1) + [...closers].reverse().join('');
    }
  }
  return JSON.parse(safe);
}
