import { element } from './dom.js';
import { LANGUAGES, type Language, type LanguageCode } from './language.js';

/** The control that chooses the language; it keeps the focus when the page is shown anew. */
export function languageSwitch(
  { code, texts }: Language,
  show: (code: LanguageCode) => void,
): HTMLElement {
  const select = element(
    'select',
    { id: 'language' },
    ...Object.entries(LANGUAGES).map(([value, name]) =>
      element('option', { value, lang: value, selected: value === code }, name),
    ),
  );
  select.addEventListener('change', () => {
    show(select.value as LanguageCode);
    document.getElementById('language')!.focus();
  });
  const label = element('label', { for: 'language' }, texts.language);
  return element('p', { class: 'control' }, label, ' ', select);
}
