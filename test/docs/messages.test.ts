import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type LanguageCode } from '#page/language.js';
import type { Texts } from '#page/texts/en.js';
import { en } from '#page/texts/en.js';
import { es } from '#page/texts/es.js';
import { fr } from '#page/texts/fr.js';
import { pt } from '#page/texts/pt.js';
import { PROJECT } from '../support/workflow.js';

const TEXTS: Record<LanguageCode, Texts> = { en, fr, pt, es };

/** The sentences of the page of messages around its tables. */
const PAGE: Record<LanguageCode, { title: string; intro: string; codes: string; reasons: string }> =
  {
    en: {
      title: 'The most frequent messages',
      intro:
        'What the command and the page of a run say most often, and what to do. The page of each workflow has all its codes.',
      codes: 'Errors, and records that were rejected or adjusted',
      reasons: 'Reasons why something is left out',
    },
    fr: {
      title: 'Les messages les plus fréquents',
      intro:
        'Ce que la commande et la page d’une exécution disent le plus souvent, et que faire. La page de chaque flux de travail a tous ses codes, en anglais.',
      codes: 'Erreurs, et enregistrements rejetés ou adaptés',
      reasons: 'Raisons pour lesquelles quelque chose est omis',
    },
    pt: {
      title: 'As mensagens mais frequentes',
      intro:
        'O que o comando e a página de uma execução dizem mais vezes, e o que fazer. A página de cada fluxo de trabalho tem todos os seus códigos, em inglês.',
      codes: 'Erros, e registos rejeitados ou ajustados',
      reasons: 'Motivos pelos quais algo é omitido',
    },
    es: {
      title: 'Los mensajes más frecuentes',
      intro:
        'Lo que la orden y la página de una ejecución dicen más a menudo, y qué hacer. La página de cada flujo de trabajo tiene todos sus códigos, en inglés.',
      codes: 'Errores, y registros rechazados o ajustados',
      reasons: 'Motivos por los que algo se omite',
    },
  };

const CODES = Object.keys(LANGUAGES) as LanguageCode[];
const fileOf = (code: LanguageCode) => (code === 'en' ? 'messages.md' : `messages.${code}.md`);

/** Links to the same page in the other languages. */
function languages(code: LanguageCode): string {
  const names = CODES.map(one =>
    one === code ? LANGUAGES[one] : `[${LANGUAGES[one]}](${fileOf(one)})`,
  );
  return names.join(' · ');
}

function table(head: [string, string], rows: Record<string, [string, string]>): string {
  const lines = Object.entries(rows).map(
    ([code, [what, fix]]) => `| \`${code}\` | ${what} | ${fix} |`,
  );
  return [`| | ${head[0]} | ${head[1]} |`, '| --- | --- | --- |', ...lines].join('\n');
}

/** The page of messages, from the texts that the page of a run shows. */
function toPage(code: LanguageCode): string {
  const { title, intro, codes, reasons } = PAGE[code];
  const texts = TEXTS[code];
  const head: [string, string] = [texts.reason.toLowerCase(), texts.fix.toLowerCase()];
  return [
    `# ${title}`,
    languages(code),
    intro,
    `## ${codes}`,
    table(head, texts.codes),
    `## ${reasons}`,
    `${table(head, texts.reasons)}\n`,
  ].join('\n\n');
}

describe.each(CODES)('the messages in %s', code => {
  const { codes, reasons } = TEXTS[code];

  it('are all there, each with what to do', () => {
    expect(Object.keys(en.codes).length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(codes).sort()).toEqual(Object.keys(en.codes).sort());
    expect(Object.keys(reasons).sort()).toEqual(Object.keys(en.reasons).sort());
    for (const text of [...Object.values(codes), ...Object.values(reasons)].flat())
      expect(text.trim().length).toBeGreaterThan(3);
  });

  it('are on their page, as the page of a run has them (update: npx vitest run test/docs/messages.test.ts -u)', async () => {
    await expect(toPage(code)).toMatchFileSnapshot(path.join(PROJECT, 'docs', fileOf(code)));
  });
});
