import { plain } from '../words/plain.js';

/** A text as a string of JavaScript. */
export function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `'${escaped.replaceAll(/[\n\r\u2028\u2029]/g, ' ')}'`;
}

/** A text in a comment: on one line. */
export function remark(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A key of an object, in quotes where it needs them. */
export function keyOfObject(text: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(text) ? text : quote(text);
}

/** `Prélèvement et laboratoire`, `Stage` → `prelevementEtLaboratoireStage`. */
export function identifier(text: string, suffix: string): string {
  const words = plain(text)
    .split(' ')
    .filter(word => /^[a-z0-9]+$/.test(word));
  const camel = words
    .map((word, n) => (n === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const name = /^[a-z]/.test(camel) ? camel.slice(0, 40) : '';
  return name ? `${name}${suffix}` : suffix.charAt(0).toLowerCase() + suffix.slice(1);
}

/** Gives every object one name, and no name twice. */
export function createNames<T>(suffix: string) {
  const names = new Map<T, string>();
  const taken = new Set<string>();
  return {
    of(object: T, text: string): string {
      const known = names.get(object);
      if (known) return known;
      const wanted = identifier(text, suffix);
      let name = wanted;
      for (let n = 2; taken.has(name); n += 1) name = `${wanted}${n}`;
      taken.add(name);
      names.set(object, name);
      return name;
    },
  };
}
