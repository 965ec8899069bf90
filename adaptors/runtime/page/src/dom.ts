import { visible } from '#runtime/cli/print/visible.js';

type Child = Node | string | number | null | undefined | false;

/**
 * An element with attributes and children. A text becomes a text node, whatever it contains: names
 * from servers are never read as HTML.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    made.append(child instanceof Node ? child : visible(String(child)));
  }
  return made;
}

/** A part of the page with its head. */
export function section(id: string, title: string, ...children: Child[]): HTMLElement {
  const head = element('h2', { id: `${id}-head` }, title);
  return element('section', { id, 'aria-labelledby': `${id}-head` }, head, ...children);
}
