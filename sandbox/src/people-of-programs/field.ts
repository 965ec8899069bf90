/** An attribute or a data element, with all that a value of it must fit. */
export interface Field {
  id: string;
  /** Code, name and form name, for a guess at what it is about. */
  words: string;
  valueType: string;
  /** Codes of its option set; undefined if it has none. */
  options?: readonly string[];
  isMandatory: boolean;
  isUnique: boolean;
  /** Whether a program rule assigns its values, so that nobody enters them. */
  isAssigned: boolean;
  /** The pattern by which the server generates its values. */
  pattern?: string;
}

/** What fields are about, by the words of several languages in their codes and names. */
const SUBJECTS = {
  firstName:
    /first.?name|given.?name|fore.?name|pr[eé]nom|\bnombres?\b|primeiro nome|nome pr[oó]prio/i,
  lastName: /surname|last.?name|family.?name|\bnom\b|nom de famille|apellidos?|apelido|sobrenome/i,
  birth: /birth|naissance|nacimiento|nascimento|\bdob\b|n[eé]e? le/i,
  age: /\bage|[aâ]ge\b|\bedad\b|\bidade\b|^âge/i,
  temperature: /temp[eé]rat/i,
} as const;

/** What a field is about, as far as its words tell; the first that fits. */
export type Subject = keyof typeof SUBJECTS;

/** @returns undefined if its words tell nothing */
export function subjectOf({ words }: Pick<Field, 'words'>): Subject | undefined {
  const entries = Object.entries(SUBJECTS) as [Subject, RegExp][];
  return entries.find(([, form]) => form.test(words))?.[0];
}
