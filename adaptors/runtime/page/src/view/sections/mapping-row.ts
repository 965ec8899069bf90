import type { ShownPlace, ShownRow } from '#runtime/view/mapping/describe-row.js';
import { element } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { type Cell, table } from '../../table.js';
import type { ViewTexts } from '../texts/en.js';

/** The heads of a table of rows. */
export function rowHeads({ texts }: Language, view: ViewTexts): string[] {
  return [
    ...[view.line, view.list, 'Go.Data', 'DHIS2', view.problems, view.given],
    ...[view.codes, texts.owner, view.direction],
  ];
}

/** A row of a mapping as cells. */
export function rowCells(row: ShownRow, language: Language, view: ViewTexts): Cell[] {
  const { percent, number } = language;
  const { given } = row;
  const share =
    given &&
    fill(view.share, {
      count: number(given.count),
      read: number(given.read),
      share: percent(given.read === 0 ? 0 : given.count / given.read),
    });
  return [
    String(row.line),
    row.part,
    element(
      'div',
      {},
      row.field || view.everybody,
      row.fieldType && note(view.types[row.fieldType] ?? row.fieldType),
      row.isComputed && note(view.computed),
    ),
    element('div', {}, ...row.places.map(place => showPlace(place, view))),
    row.problems.length === 0
      ? null
      : element('ul', { class: 'problems' }, ...row.problems.map(one => element('li', {}, one))),
    share ?? null,
    showCodes(row, language, view),
    row.owner === undefined ? null : (view.owners[row.owner] ?? row.owner),
    row.direction === undefined ? null : (view.directions[row.direction] ?? row.direction),
  ];
}

const note = (text: string) => element('div', { class: 'note' }, text);

function showPlace(place: ShownPlace, view: ViewTexts): HTMLElement {
  const { kind, ref, stages = [], id, name, stageNames, valueType } = place;
  const named = name === undefined ? ref : `${name} (${id})`;
  return element(
    'div',
    {},
    named ?? view.places[kind] ?? kind,
    ref !== undefined && note([view.places[kind] ?? kind, valueType].filter(Boolean).join(', ')),
    stages.length > 0 && note((stageNames ?? stages).join(', ')),
  );
}

/** The tables of codes, folded; an item that Go.Data lacks is marked. */
function showCodes({ codes, missing }: ShownRow, language: Language, view: ViewTexts): Cell {
  const lists = codes.map(({ category, pairs }) => {
    const rows = pairs.map(([code, item]): Cell[] => [
      code,
      item === null
        ? view.nothing
        : missing.includes(item)
          ? element('strong', { class: 'missing' }, fill(view.lacks, { item }))
          : item,
    ]);
    const title = category === '' ? view.answers : category;
    return element(
      'details',
      {},
      element('summary', {}, `${title} (${language.number(pairs.length)})`),
      table(language, title, [view.code, view.item], rows),
    );
  });
  return lists.length === 0 ? null : element('div', {}, ...lists);
}
