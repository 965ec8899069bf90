/** Words that say nothing about a field, in English, French, Portuguese and Spanish. */
const FILLERS = new Set(
  (
    'the of a an in on at for to with from by and or is this that ' +
    'le la les l un une du de des d au aux en et ou sur par pour avec dans si ' +
    'o os as do da dos das no na nos nas e um uma com por para ' +
    'el los del y una con ' +
    'patient patiente patients person personne persona pessoa paciente case cas caso cases ' +
    'client tei number2 local'
  ).split(' '),
);

/** A text without capitals, accents and signs. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** A word in the singular, roughly: `symptômes` → `symptome`. */
const singular = (word: string) =>
  word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;

/** The words of a text that say something. If none does, all of them. */
export function wordsOf(text: string): string[] {
  const telling = tellingWords(text);
  return telling.length > 0 ? telling : [...new Set(allWords(text).map(singular))];
}

/** The words of a text that say something; none, if none does. */
export function tellingWords(text: string): string[] {
  return [
    ...new Set(
      allWords(text)
        .filter(word => !FILLERS.has(word))
        .map(singular),
    ),
  ];
}

const allWords = (text: string) => plain(text).split(' ').filter(Boolean);

/** Letters and digits only: `PATCOURSE_ASYMP` and `patcourse asymp` are the same. */
export function squeezed(text: string): string {
  return plain(text).replaceAll(' ', '');
}

/**
 * The words that names of one program begin with, such as a disease or a section: they say nothing
 * about a single field. A word counts if the names of at least three objects begin with it.
 *
 * @param objects the names of each object
 */
export function commonBeginnings(objects: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const names of objects) {
    const beginnings = names.map(wordsOf).filter(words => words.length > 1);
    for (const word of new Set(beginnings.map(([first]) => first!))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= 3).map(([word]) => word));
}
