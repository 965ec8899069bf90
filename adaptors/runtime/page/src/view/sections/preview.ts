import type { Preview } from '#runtime/view/online/preview.js';
import { element, section } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { type Cell, table } from '../../table.js';
import { api, isRefusal, type Mapping } from '../api.js';
import type { ViewTexts } from '../texts/en.js';
import { type Names, namesOf, withName } from './names.js';
import { refusal } from './refusal.js';
import { valuesButton } from './values.js';

/** What would become of a few people; nothing is asked before a click. */
export function previewSection(
  { jobs, check }: Mapping,
  language: Language,
  view: ViewTexts,
): HTMLElement[] {
  const workflows = jobs
    .filter(({ rows }) => rows.some(({ part }) => part === 'case'))
    .flatMap(({ steps }) => steps.map(({ workflow }) => workflow));
  if (!check || workflows.length === 0) return [];
  const select = element(
    'select',
    { id: 'preview-workflow' },
    ...[...new Set(workflows)].map(name => element('option', { value: name }, name)),
  );
  const button = element('button', { type: 'button', id: 'read-preview' }, view.readPreview);
  const place = element('div', { 'aria-live': 'polite' });
  button.addEventListener('click', async () => {
    const workflow = select.value;
    button.disabled = true;
    place.replaceChildren(element('p', {}, view.reading));
    const answer = await api.preview(workflow);
    button.disabled = false;
    place.replaceChildren(
      ...(isRefusal(answer)
        ? [refusal(answer.error, language)]
        : show(answer, workflow, namesOf(jobs), language, view)),
    );
  });
  return [
    section(
      'preview',
      view.preview,
      element('p', {}, view.previewNote),
      element(
        'p',
        { class: 'control' },
        element('label', { for: 'preview-workflow' }, language.texts.workflow),
        ' ',
        select,
        ' ',
        button,
      ),
      place,
    ),
  ];
}

function show(
  { people, otherChanges, errors }: Preview,
  workflow: string,
  names: Names,
  language: Language,
  view: ViewTexts,
): HTMLElement[] {
  const { texts, number } = language;
  const panel = element('div', { id: 'values', 'aria-live': 'polite' });
  const rows = people.map(({ id, kind, changes, fields, problems }): Cell[] => [
    id,
    texts.words[kind] ?? kind,
    changes.length === 0
      ? problems.length > 0
        ? null
        : view.noChange
      : changes.map(one => sayChange(one, language)).join('; '),
    fields.map(field => withName(field, names)).join(', '),
    problems.length === 0 ? null : problems.map(one => `${one.code}: ${one.message}`).join(' '),
    valuesButton({ workflow, id, names, panel }, language, view),
  ]);
  const heads = [texts.record, texts.kind, view.becomes, view.fields, view.problems, view.values];
  return [
    ...errors.map(error => refusal(error, language)),
    ...(people.length > 0
      ? [table(language, view.preview, heads, rows)]
      : [element('p', {}, view.nobody)]),
    ...(otherChanges > 0
      ? [element('p', {}, fill(view.otherChanges, { n: number(otherChanges) }))]
      : []),
    panel,
  ];
}

function sayChange(
  { record, change, fields }: Preview['people'][number]['changes'][number],
  { texts }: Language,
): string {
  const words = [record, change].map(word => texts.words[word] ?? word).join(' → ');
  return fields === '' ? words : `${words} (${fields})`;
}
