import { element } from '../dom.js';

/**
 * A list to choose from, and what belongs to the choice. The choice is kept in `chosen`, so that
 * another language shows the same.
 */
export function choice(
  id: string,
  label: string,
  options: readonly { value: string; text: string }[],
  chosen: Map<string, string>,
  show: (value: string) => readonly (Node | string)[],
): HTMLElement {
  const select = element(
    'select',
    { id },
    ...options.map(({ value, text }) => element('option', { value }, text)),
  );
  const place = element('div', { 'aria-live': 'polite' });
  const known = chosen.get(id);
  if (options.some(({ value }) => value === known)) select.value = known!;
  const update = () => {
    chosen.set(id, select.value);
    place.replaceChildren(...show(select.value));
  };
  select.addEventListener('change', update);
  update();
  const control = element(
    'p',
    { class: 'control' },
    element('label', { for: id }, label),
    ' ',
    select,
  );
  return element('div', {}, control, place);
}
