import type { DataSet, Outbreak } from '../servers/model.js';
import { plain, tellingWords } from '../words/plain.js';

/** Words that do not say which cases are counted, in English, French, Portuguese and Spanish. */
const GENERAL = new Set(
  tellingWords(
    'number count total all new reported notified registered among age sex gender group week weekly month monthly day daily lab laboratory ' +
      'nombre effectif tous toutes nouveau nouveaux nouvelle nouvelles notifies notifiees declares declarees enregistres parmi chez dus dues lie lies sexe tranche semaine hebdomadaire mois mensuel jour journalier laboratoire ' +
      'numero contagem todos todas novo novos nova novas notificados registados registrados entre idade sexo faixa etaria semana semanal mensal dia diario laboratorio ' +
      'recuento nuevo nuevos nueva nuevas reportados debidas edad grupo mes mensual',
  ),
);

/**
 * Creates the function that finds the words by which a data element counts fewer cases than its kind:
 * another disease, recovered ones, one village. What the data set, the outbreak or most data elements
 * are named after says nothing about a single one.
 */
export function createMoreWords({ texts, elements }: DataSet, outbreak: Outbreak) {
  const about = new Set(
    [...texts, outbreak.name, ...outbreak.disease].flatMap(spellings).flatMap(tellingWords),
  );
  for (const word of wordsOfMost(elements)) about.add(word);
  /** @param kind the words that its kind is known by; a name without them, such as a short one, is passed over */
  return (names: readonly string[], kind: RegExp): string[] => {
    const rest = names.map(plain).flatMap(name => (kind.test(name) ? [without(name, kind)] : []));
    const words = new Set(rest.flatMap(text => text.split(' ')));
    const isMore = (word: string) => !GENERAL.has(word) && !about.has(word);
    return [...words].filter(word => tellingWords(word).some(isMore));
  };
}

const without = (name: string, kind: RegExp) => name.replaceAll(new RegExp(kind, 'g'), ' ');

/** A name with a number in all its spellings: COVID19, COVID-19. */
function spellings(text: string): string[] {
  const name = plain(text);
  const split = name.replaceAll(/([a-z])(?=\d)/g, '$1 ');
  return [name, split, split.replaceAll(/([a-z]) (?=\d)/g, '$1')];
}

/** The words that more than half of the data elements have; of one or two, none is telling. */
function wordsOfMost(elements: DataSet['elements']): string[] {
  if (elements.length < 3) return [];
  const counts = new Map<string, number>();
  for (const { texts } of elements) {
    for (const word of new Set(texts.flatMap(tellingWords))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].filter(([, count]) => count > elements.length / 2).map(([word]) => word);
}
