import type { DescribedOutbreak } from '../handover/described-outbreak.js';
import type { NamedInGoData, NamedQuestion, Questionnaire } from '../handover/named-in-godata.js';
import { REFERENCE_PREFIX } from '../operations/reference-ids.js';
import type { Problem } from '../reporting/mapping-problems.js';
import { nearest } from '../reporting/nearest.js';
import type { Finding } from '../reporting/report.js';

/** What the questionnaires are called in messages. */
const OF: Readonly<Record<Questionnaire, string>> = {
  case: 'cases',
  contact: 'contacts',
  labResult: 'lab results',
  followUp: 'follow-ups of contacts',
};

/** What a mapping names in Go.Data and does not fit. */
export interface GoDataCheck {
  problems: Problem[];
  /** A questionnaire without any question. */
  findings: Finding[];
}

/**
 * Holds what a mapping names against the questionnaires of an outbreak and Go.Data's reference data.
 *
 * An outbreak without any question of a kind, such as one that a run has just created, is no
 * problem: Go.Data stores the answers, and shows them once its questionnaire has the questions.
 */
export function checkGoData(
  { questions, items }: NamedInGoData,
  outbreak: { name: string } & DescribedOutbreak,
): GoDataCheck {
  const problems: Problem[] = [];
  const findings: Finding[] = [];
  for (const [questionnaire, named] of Object.entries(questions) as [
    Questionnaire,
    Record<string, NamedQuestion>,
  ][]) {
    const known = outbreak.questions[questionnaire];
    if (Object.keys(known).length === 0) {
      findings.push(noQuestions(outbreak.name, questionnaire, Object.keys(named).length));
      continue;
    }
    const where = `the questionnaire of ${OF[questionnaire]} in the outbreak "${outbreak.name}"`;
    for (const [variable, question] of Object.entries(named)) {
      problems.push(...checkQuestion(variable, question, known, where));
    }
  }
  return { problems: [...problems, ...checkItems(items, outbreak.items)], findings };
}

function noQuestions(outbreak: string, questionnaire: Questionnaire, count: number): Finding {
  return {
    severity: 'warning',
    code: 'no-questions',
    message: `The outbreak "${outbreak}" has no questions for ${OF[questionnaire]}. Go.Data stores the answers of ${count} ${count === 1 ? 'variable' : 'variables'}, and shows none until its questionnaire has these questions.`,
  };
}

function checkQuestion(
  variable: string,
  { rows, answers = [] }: NamedQuestion,
  known: Readonly<Record<string, string[] | null>>,
  where: string,
): Problem[] {
  const told = (code: string, message: string, cause: string) =>
    rows.map(row => ({ code, message: `${row}: ${message}`, cause, at: row }));
  if (!Object.hasOwn(known, variable)) {
    const near = listed(variable, Object.keys(known));
    const message = `${where} has no question with the variable "${variable}". The nearest: ${near}.`;
    return told('UNKNOWN_VARIABLE', message, `${where} ${variable}`);
  }
  const offered = known[variable];
  if (!offered) return [];
  return [...new Set(answers)]
    .filter(answer => !offered.includes(answer))
    .flatMap(answer => {
      const message = `the question offers no answer "${answer}". The nearest: ${listed(answer, offered)}.`;
      return told('UNKNOWN_ANSWER', message, `${where} ${variable} ${answer}`);
    });
}

function checkItems(named: NamedInGoData['items'], known: DescribedOutbreak['items']): Problem[] {
  const ids = new Map(
    Object.entries(known).map(([category, items]) => [category, new Set(items)] as const),
  );
  return Object.entries(named).flatMap(([id, rows]) => {
    const short = id.slice(REFERENCE_PREFIX.length);
    const category = [...ids.keys()]
      .filter(one => short.startsWith(`${one}_`))
      .find(one => ids.get(one)!.has(short.slice(one.length + 1)));
    if (category !== undefined) return [];
    const message = `Go.Data has no reference data ${short}. ${nearestItem(short, known)}`;
    return rows.map(row => ({
      code: 'UNKNOWN_REFERENCE_DATA',
      message: `${row}: ${message}`,
      cause: id,
      at: row,
    }));
  });
}

/** The nearest items of the category, or the nearest categories. */
function nearestItem(short: string, known: DescribedOutbreak['items']): string {
  const own = Object.keys(known)
    .filter(category => short.startsWith(`${category}_`))
    .sort((a, b) => b.length - a.length)[0];
  if (own === undefined) {
    const categories = Object.keys(known);
    return `No category with items fits; the nearest: ${listed(short, categories)}.`;
  }
  return `The nearest in ${own}: ${listed(short.slice(own.length + 1), known[own]!)}.`;
}

/** Names that a message lists for one that does not exist. */
const FEW = 3;

function listed(word: string, all: readonly string[]): string {
  return nearest(word, all, one => [one])
    .slice(0, FEW)
    .join(', ');
}
