import type { GoDataClient } from '#godata/client/client.js';
import { readMetadata } from '#godata/client/read-metadata.js';
import type { GoDataSide, Item, Question } from './model.js';

interface QuestionRecord {
  variable?: string;
  text?: string;
  answerType?: string;
  inactive?: boolean;
  answers?:
    | { value?: string; label?: string; additionalQuestions?: QuestionRecord[] | null }[]
    | null;
}

const TEMPLATES = {
  case: 'caseInvestigationTemplate',
  contact: 'contactInvestigationTemplate',
  followUp: 'contactFollowUpTemplate',
} as const;
const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_QUESTION_ANSWER_TYPE_';
const NOT_ANSWERED = [`${TYPE}MARKUP`, `${TYPE}FILE_UPLOAD`];
const CATEGORY = 'LNG_REFERENCE_DATA_CATEGORY_';

/** All questions, also those that follow an answer. */
function flatten(questions: readonly QuestionRecord[] = []): QuestionRecord[] {
  return questions.flatMap(question => [
    question,
    ...(question.answers ?? []).flatMap(one => flatten(one.additionalQuestions ?? [])),
  ]);
}

/**
 * Reads an outbreak's questionnaires and the reference data, with their labels in every language of
 * the server.
 *
 * @throws IntegrationError `NO_METADATA` (configuration) when the account may not read them
 */
export async function readGoData(client: GoDataClient, id: string): Promise<GoDataSide> {
  const outbreak = await readMetadata('the outbreak', () => client.server.outbreaks.get(id));
  const records = await readMetadata('the reference data', () =>
    client.server.referenceData.list({ where: { active: { neq: false } } }),
  );
  const questions = Object.entries(TEMPLATES).map(
    ([name, key]) =>
      [
        name,
        flatten((outbreak as unknown as Record<string, QuestionRecord[]>)[key] ?? []).filter(
          ({ variable, answerType = '', inactive }) =>
            variable && !inactive && !NOT_ANSWERED.includes(answerType),
        ),
      ] as const,
  );
  const tokens = [
    ...questions.flatMap(([, all]) => all.map(({ text }) => text ?? '')),
    ...records.map(({ value }) => value),
  ];
  const textsOf = await readLabels(client, [...new Set(tokens)].filter(isToken));
  const items = new Map<string, Item[]>();
  for (const { categoryId, value } of records) {
    const category = categoryId.slice(CATEGORY.length);
    const short = value.startsWith(`${categoryId}_`) ? value.slice(categoryId.length + 1) : value;
    const item = { value: short, texts: [...textsOf(value), short.replaceAll('_', ' ')] };
    items.set(category, [...(items.get(category) ?? []), item]);
  }
  const toQuestion = ({ variable, text = '', answerType, answers }: QuestionRecord): Question => ({
    variable: variable!,
    texts: isToken(text) ? textsOf(text) : [text],
    ...(answers && answers.length > 0 ? { answers: answers.map(({ value }) => value ?? '') } : {}),
    isMultiple: answerType === `${TYPE}MULTIPLE_ANSWERS`,
  });
  return {
    outbreak: {
      id,
      name: outbreak.name ?? id,
      disease: diseaseNames(outbreak.disease, items),
      questions: Object.fromEntries(
        questions.map(([name, all]) => [name, all.map(toQuestion)]),
      ) as unknown as GoDataSide['outbreak']['questions'],
    },
    items,
  };
}

const DISEASE = `${CATEGORY}DISEASE_`;

function diseaseNames(disease: unknown, items: ReadonlyMap<string, readonly Item[]>): string[] {
  if (typeof disease !== 'string' || !disease.startsWith(DISEASE)) return [];
  const value = disease.slice(DISEASE.length);
  const item = items.get('DISEASE')?.find(one => one.value === value);
  return [...(item?.texts ?? []), value.replaceAll('_', ' ')];
}

const isToken = (text: string) => text.startsWith('LNG_');

/** The labels of tokens in every language that the server has. */
async function readLabels(client: GoDataClient, tokens: readonly string[]) {
  const texts = new Map<string, Set<string>>();
  const languages = await readMetadata('the languages', () => client.server.languages.list());
  for (const { id } of languages) {
    for (const { token, translation } of await client.languageTokens(id, tokens)) {
      if (!translation || translation === token) continue;
      texts.set(token, (texts.get(token) ?? new Set()).add(translation));
    }
  }
  return (token: string): string[] => [...(texts.get(token) ?? [])];
}
