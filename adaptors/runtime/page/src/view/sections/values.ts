import type { PathValue } from '#runtime/view/online/person-values.js';
import { element } from '../../dom.js';
import { fill, type Language } from '../../language.js';
import { table } from '../../table.js';
import { api, isRefusal } from '../api.js';
import type { ViewTexts } from '../texts/en.js';
import { type Names, withName } from './names.js';
import { refusal } from './refusal.js';

/** Whose values, and where they are shown. */
interface Wanted {
  workflow: string;
  id: string;
  names: Names;
  panel: HTMLElement;
}

/** A button that shows the values of one person; another button takes them off the page again. */
export function valuesButton(wanted: Wanted, language: Language, view: ViewTexts): HTMLElement {
  const { workflow, id, panel } = wanted;
  const button = element(
    'button',
    { type: 'button', class: 'values', 'aria-label': fill(view.showOf, { id }) },
    view.show,
  );
  button.addEventListener('click', async () => {
    button.disabled = true;
    panel.replaceChildren(element('p', {}, view.reading));
    const answer = await api.values(workflow, id);
    button.disabled = false;
    if (isRefusal(answer)) {
      panel.replaceChildren(refusal(answer.error, language));
      return;
    }
    const hide = element('button', { type: 'button', id: 'hide-values' }, view.hide);
    hide.addEventListener('click', () => {
      panel.replaceChildren();
      button.focus();
    });
    const list = (title: string, values: readonly PathValue[]) =>
      element(
        'div',
        {},
        element('h4', {}, title),
        table(
          language,
          `${id}, ${title}`,
          [language.texts.field, view.value],
          values.map(([path, value]) => [withName(path, wanted.names), value]),
        ),
      );
    panel.replaceChildren(
      element('h3', {}, `${view.values}${language.texts.colon}${id}`, ' ', hide),
      element('div', { class: 'sides' }, list(view.from, answer.from), list(view.to, answer.to)),
    );
    hide.focus();
  });
  return button;
}
