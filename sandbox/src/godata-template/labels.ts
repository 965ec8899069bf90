import type { GoDataRecord, GoDataSeed } from '../godata/index.js';
import { tokenId } from '../godata/rules/reference-data-rules.js';
import type { JsonFile } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';

/** Labels in one language. */
export interface Labels {
  languageId: string;
  tokens: readonly { token: string; translation: string }[];
}

/** The languages of a server, as it names them (r206). */
const LANGUAGES: Readonly<Record<string, string>> = {
  arabic: 'عربى',
  english_us: 'English',
  french_fr: 'Français',
  portuguese_pt: 'Português',
  russian_ru: 'Русский',
  spanish_es: 'Español',
};

const FIX =
  'Give the answer of GET /api/languages/{id}/language-tokens as it is: {"languageId": ..., "tokens": [...]}.';

/**
 * Reads labels as Go.Data's API gives them.
 *
 * @throws UsageError if it is something else
 */
export function readLabels({ path, content }: JsonFile): Labels {
  const { languageId, tokens } = (content ?? {}) as Partial<Labels>;
  if (typeof languageId !== 'string' || !Array.isArray(tokens)) {
    throw new UsageError(`${path} has no labels: no languageId, or no tokens.`, FIX);
  }
  for (const [index, one] of tokens.entries()) {
    if (typeof one?.token === 'string' && typeof one.translation === 'string') continue;
    throw new UsageError(`Token ${index + 1} of ${path} has no token or no translation.`, FIX);
  }
  return { languageId, tokens };
}

/** Adds labels to a server; its account reads in the language of the first ones. */
export function addLabels(seed: GoDataSeed, labels: readonly Labels[]): GoDataSeed {
  const [first] = labels;
  if (!first) return seed;
  const ids = new Set(['english_us', ...labels.map(({ languageId }) => languageId)]);
  const languages: GoDataRecord[] = [...ids].map(id => ({
    id,
    name: LANGUAGES[id] ?? id,
    readOnly: id in LANGUAGES,
  }));
  const languageTokens = labels.flatMap(({ languageId, tokens }) =>
    tokens.map(({ token, translation }) => ({
      ...{ id: tokenId(token, languageId), token, languageId, translation },
    })),
  );
  return {
    ...seed,
    users: (seed.users ?? []).map(user => ({ ...user, languageId: first.languageId })),
    languages,
    languageTokens: [...(seed.languageTokens ?? []), ...languageTokens],
  };
}
