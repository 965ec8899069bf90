import type { Rejected } from '#common/reporting/report.js';
import { codeName } from '../code-name.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import type { Language } from '../language.js';
import { table } from '../table.js';

/** Codes of records in a table of their own: a conflict is told side by side. */
const ELSEWHERE = new Set(['CONFLICT']);
/** Records that are listed for a code. */
const MAX_RECORDS = 200;

/** What was rejected and what was written differently, by code. */
export function recordSections({ report }: PageData, language: Language): HTMLElement[] {
  const { texts } = language;
  const steps = Object.values(report.report);
  const rejected = steps.flatMap(({ rejected = [] }) => rejected);
  const adjusted = steps.flatMap(({ adjusted = [] }) => adjusted);
  return [
    ...byCode('rejected', texts.rejected, texts.rejectedNote, rejected, language),
    ...byCode('adjusted', texts.adjusted, texts.adjustedNote, adjusted, language),
  ];
}

function byCode(
  id: string,
  title: string,
  note: string,
  records: readonly Rejected[],
  language: Language,
): HTMLElement[] {
  const { texts, number } = language;
  const codes = new Map<string, Rejected[]>();
  for (const record of records) {
    if (ELSEWHERE.has(record.code)) continue;
    const group = codes.get(record.code) ?? [];
    codes.set(record.code, group);
    group.push(record);
  }
  if (codes.size === 0) return [];
  const groups = [...codes].sort(([, a], [, b]) => b.length - a.length);
  const lists = groups.map(([code, group]) =>
    element(
      'details',
      { open: groups.length === 1 },
      element('summary', {}, `${codeName(code, language)}${texts.colon}${number(group.length)}`),
      texts.codes[code] && whatToDo(texts.codes[code][1], language),
      table(
        language,
        code,
        [texts.kind, texts.record, texts.message],
        group
          .slice(0, MAX_RECORDS)
          .map(({ kind, id, message }) => [texts.words[kind] ?? kind, id, message]),
      ),
    ),
  );
  return [section(id, title, element('p', {}, note), ...lists)];
}

function whatToDo(fix: string, { texts }: Language): HTMLElement {
  return element('p', {}, element('strong', {}, `${texts.todo}${texts.colon}`), fix);
}

/** Errors and warnings, in the words of the program. */
export function noteSections({ report }: PageData, language: Language): HTMLElement[] {
  const { texts } = language;
  const errors = (report.errors ?? []).map(({ code, message, fix, at }) =>
    element(
      'li',
      {},
      texts.codes[code] && element('div', {}, codeName(code, language)),
      `${code}: ${message}`,
      at && element('div', {}, at),
      fix && whatToDo(fix, language),
    ),
  );
  const told = Object.values(report.report).flatMap(
    ({ headlines = [], warnings = [], findings = [] }) => [
      ...headlines,
      ...warnings,
      ...findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
    ],
  );
  const warnings = [...new Set(told)].map(line => element('li', {}, line));
  return [
    ...(errors.length > 0 ? [section('errors', texts.errors, element('ul', {}, ...errors))] : []),
    ...(warnings.length > 0
      ? [section('warnings', texts.warnings, element('ul', {}, ...warnings))]
      : []),
  ];
}
