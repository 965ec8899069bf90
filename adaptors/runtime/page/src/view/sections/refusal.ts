import { codeName } from '../../code-name.js';
import { element } from '../../dom.js';
import type { Language } from '../../language.js';
import type { Refusal } from '../api.js';

/** What went wrong, and what to do. */
export function refusal({ code, message, fix }: Refusal, language: Language): HTMLElement {
  const { texts } = language;
  return element(
    'div',
    { class: 'headline failed' },
    texts.codes[code] && element('p', {}, codeName(code, language)),
    element('p', {}, `${code}: ${message}`),
    fix && element('p', {}, element('strong', {}, `${texts.todo}${texts.colon}`), fix),
  );
}
