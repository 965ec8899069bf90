import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAGES, readPage } from './support/pages.js';
import { partOf, sectionsOf } from './support/parts.js';

const LANGUAGES = ['fr', 'pt', 'es'] as const;

/** Words that both systems use in a language; what a reader knows from their screens. */
const TERMS = {
  fr: [
    'unités d.organisation',
    'entités suivies',
    'programme',
    'flambée',
    'cas',
    'contacts',
    'lieux',
  ],
  pt: [
    'unidades organizacionais',
    'entidades rastreadas',
    'programas',
    'surto',
    'casos',
    'contactos',
    'locais',
  ],
  es: [
    'unidades organizativas',
    'entidades de Tracker',
    'programas',
    'brote',
    'casos',
    'contactos',
    'lugares',
  ],
};

/** The English pages of which the page of set-ups has the first part, by its own heading there. */
const SET_UPS = [
  'jobs/org-units-to-locations/README.md',
  'jobs/locations-to-org-units/README.md',
  'jobs/options-to-reference-data/README.md',
  'jobs/tracked-entities-to-cases/README.md',
  'jobs/cases-to-tracked-entities/README.md',
  'jobs/cases-to-data-values/README.md',
];

describe.each(LANGUAGES)('the pages in %s', language => {
  it('have the parts of README.md: headings, links, lists, tables and commands', () => {
    const english = partOf(readPage('README.md'));
    const other = partOf(readPage(`README.${language}.md`));
    expect(other.links).toHaveLength(english.links.length);
    expect({ ...other, links: 0 }).toEqual({ ...english, links: 0 });
  });

  const page = `docs/set-up.${language}.md`;
  const [, own, ...setUps] = sectionsOf(readPage(page));

  it('have the set-up of each workflow: commands, links, steps and what the accounts need', () => {
    expect(setUps).toHaveLength(SET_UPS.length);
    for (const [index, file] of SET_UPS.entries()) {
      const [intro, setUp] = sectionsOf(readPage(file));
      const english = partOf(`${intro}${setUp}`);
      const other = partOf(setUps[index]!);
      const name = path.basename(path.dirname(file));
      expect(setUps[index]!.startsWith(`## ${name}\n`), name).toBe(true);
      // There, the name of the workflow is the heading of the set-up.
      expect({ ...other, headings: other.headings + 1, links: other.links.length }, name).toEqual({
        ...english,
        links: english.links.length,
      });
    }
  });

  it('have how to make a project of one’s own', () => {
    const [intro, ...sections] = sectionsOf(readPage('docs/your-own-project.md'));
    const parts = sections.filter(text => /^## (Make it|Check, dry run, run)\n/.test(text));
    const english = partOf(`${intro}${parts.join('')}`);
    const other = partOf(own!);
    expect({ ...other, links: other.links.length }).toEqual({
      ...english,
      links: english.links.length,
    });
  });

  it('use the words that both systems use', () => {
    const text = `${readPage(`README.${language}.md`)}${readPage(page)}`;
    for (const term of TERMS[language]) expect(text).toMatch(new RegExp(term, 'i'));
  });
});

it('has every page in all four languages, or in English only', () => {
  const translated = PAGES.filter(page => /\.(fr|pt|es)\.md$/.test(page));
  const names = new Set(translated.map(page => page.replace(/\.(fr|pt|es)\.md$/, '')));
  expect([...names].sort()).toEqual(['README', 'docs/messages', 'docs/set-up']);
  expect(translated).toHaveLength(3 * names.size);
});
