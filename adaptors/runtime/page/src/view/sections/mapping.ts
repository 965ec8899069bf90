import type { ShownJob } from '#runtime/view/mapping/show-mappings.js';
import { element, section } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { table } from '../../table.js';
import type { Mapping } from '../api.js';
import type { ViewTexts } from '../texts/en.js';
import { rowCells, rowHeads } from './mapping-row.js';

/** Every job with the rows of its mapping, and what the last check found. */
export function mappingSection(
  { jobs, other }: Mapping,
  checkBar: HTMLElement,
  language: Language,
  view: ViewTexts,
): HTMLElement {
  const withRows = jobs.filter(({ rows }) => rows.length > 0);
  const rest = jobs.filter(({ rows }) => rows.length === 0);
  return section(
    'mapping',
    language.texts.mapping,
    element('p', {}, view.mappingNote),
    checkBar,
    ...(other.length > 0 ? [findingList(other, language)] : []),
    ...withRows.map(job => jobPart(job, language, view)),
    element('h3', {}, view.otherJobs),
    element('p', {}, view.otherNote),
    table(
      language,
      view.otherJobs,
      [view.file, view.steps, view.problems],
      rest.map(job => [
        job.file,
        stepsOf(job),
        job.error ?? (job.findings.length > 0 ? findingList(job.findings, language) : null),
      ]),
    ),
  );
}

function jobPart(job: ShownJob, language: Language, view: ViewTexts): HTMLElement {
  const { file, rows, findings } = job;
  const only = element('input', { type: 'checkbox', id: `only-${file}` });
  const place = element('div', {});
  const update = () => {
    const shown = only.checked ? rows.filter(isFaulty) : rows;
    const cells = shown.map(row => rowCells(row, language, view));
    place.replaceChildren(table(language, file, rowHeads(language, view), cells));
  };
  only.addEventListener('change', update);
  update();
  return element(
    'div',
    { class: 'job' },
    element('h3', {}, file),
    element('p', {}, `${view.steps}${language.texts.colon}${stepsOf(job)}`),
    findings.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, fill(view.findings, { n: language.number(findings.length) })),
        findingList(findings, language),
      ),
    element(
      'p',
      { class: 'control' },
      only,
      ' ',
      element('label', { for: `only-${file}` }, view.onlyProblems),
    ),
    place,
  );
}

const isFaulty = ({ problems, missing }: ShownJob['rows'][number]) =>
  problems.length > 0 || missing.length > 0;

const stepsOf = ({ steps }: ShownJob) =>
  steps.map(({ workflow, step }) => `${workflow} / ${step}`).join(', ');

function findingList(findings: ShownJob['findings'], { texts }: Language): HTMLElement {
  return element(
    'ul',
    { class: 'problems' },
    ...findings.map(({ severity, code, message, fix }) =>
      element(
        'li',
        { class: severity },
        `${code}: ${message}`,
        fix && element('div', {}, element('strong', {}, `${texts.todo}${texts.colon}`), fix),
      ),
    ),
  );
}
