import type { Sources, Term } from './assignments.js';

/** What the variables of a program's rules mean: the id of a field; undefined: not a field. */
export type FieldOf = (variable: string) => string | undefined;

/** `#{name}`, `A{name}` and `d2:hasValue('name')`: how DHIS2's rules name what they read. */
const NAMED = /[#A]\{([^}]+)\}|d2:\w+\(\s*(['"])([^'"]+)\2/g;

/** The fields that an expression reads. */
export function sourcesOf(expression: string, fieldOf: FieldOf): Sources {
  const names = [...expression.matchAll(NAMED)].map(match => match[1] ?? match[3]!);
  const known = names.filter(name => expression.includes(`{${name}}`) || fieldOf(name));
  return [...new Set(known)].map(fieldOf);
}

const NAME = String.raw`(?:[#A]\{([^}]+)\}|'([^']+)'|"([^"]+)")`;
const HAS_VALUE = new RegExp(String.raw`^(!?)\s*d2:hasValue\(\s*${NAME}\s*\)$`);
const COMPARED = /^[#A]\{([^}]+)\}\s*(!=|==)\s*(?:''|"")$/;

/**
 * Reads a condition that only asks which fields have a value, joined by "and":
 * `d2:hasValue(A{birth_date}) && !d2:hasValue(#{onset})`, `#{onset} != ''`, `true`.
 *
 * @returns undefined for any other condition
 */
export function readCondition(condition: string, fieldOf: FieldOf): Term[] | undefined {
  const terms: Term[] = [];
  for (const part of condition.split(/&&|\band\b/)) {
    const text = part.trim();
    if (text === 'true') continue;
    const [, not, ...names] = HAS_VALUE.exec(text) ?? [];
    const [, compared, sign] = COMPARED.exec(text) ?? [];
    const name = names.find(one => one !== undefined) ?? compared;
    if (name === undefined) return undefined;
    terms.push({ field: fieldOf(name), isThere: compared ? sign === '!=' : not === '' });
  }
  return terms;
}
