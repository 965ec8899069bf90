import { type PageData, readRows } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';

/** Rows that are shown at first: a browser is slow with thousands. */
const SHOWN = 200;

/** The plan as a table that can be filtered. */
export function changesSections(
  { report, changes }: PageData,
  language: Language,
  chosen: Map<string, string>,
): HTMLElement[] {
  if (!changes || changes.total === 0) return [];
  const { texts, number } = language;
  const read = readRows(changes);
  const heads = changes.columns.map(head =>
    head
      .split(' / ')
      .map(word => texts.columns[word] ?? word)
      .join(' / '),
  );
  // What is done to a record, and its kind, are of a few words: `event: name of the stage`.
  const worded = ['change', 'record'].map(head => changes.columns.indexOf(head));
  const translate = (cell: string | number | null, column: number) =>
    typeof cell === 'string' && worded.includes(column)
      ? cell.replace(/^[^:]+/, word => texts.words[word] ?? word)
      : cell;
  const rows = read.map(row => row.map(translate));
  const texted = rows.map(row => row.join(' ').toLowerCase());
  const listed = rows.filter(row => !changes.isTree || row[1] !== null).length;
  const input = element('input', { id: 'filter', type: 'search', autocomplete: 'off' });
  input.value = chosen.get('filter') ?? '';
  const all = element('button', { type: 'button' }, texts.showAll);
  const count = element('p', { role: 'status' });
  const place = element('div');
  const update = (most: number) => {
    chosen.set('filter', input.value);
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter((_, at) => words.every(word => texted[at]!.includes(word)));
    const shown = found.slice(0, most);
    count.textContent = fill(texts.shown, {
      shown: number(shown.length),
      total: number(found.length),
    });
    all.hidden = shown.length === found.length;
    place.replaceChildren(
      table(language, texts.changes, heads, shown, changes.isTree ? { indented: 0 } : {}),
    );
  };
  input.addEventListener('input', () => update(SHOWN));
  all.addEventListener('click', () => {
    update(Number.POSITIVE_INFINITY);
    input.focus();
  });
  update(SHOWN);
  const more = changes.total - listed;
  return [
    section(
      'changes',
      texts.changes,
      element('p', {}, report.dryRun ? texts.changesDry : texts.changesNote),
      element(
        'p',
        { class: 'control' },
        element('label', { for: 'filter' }, `${texts.filter} (${texts.filterHelp})`),
        ' ',
        input,
        ' ',
        all,
      ),
      count,
      place,
      more > 0 && element('p', {}, fill(texts.more, { n: number(more) })),
    ),
  ];
}
