/*
 * The page of a run, in the browser: it shows the data that stand in the page itself, and reaches
 * nothing outside it.
 */
import type { PageData } from './data.js';
import { element } from './dom.js';
import { chooseLanguage, createLanguage, type LanguageCode } from './language.js';
import { languageSwitch } from './language-switch.js';
import { changesSections } from './sections/changes.js';
import { comparisonSections } from './sections/comparison.js';
import { coverageSections } from './sections/coverage.js';
import { curveSections } from './sections/curve.js';
import { facts, headline } from './sections/headline.js';
import { mapSections } from './sections/map.js';
import { peopleSections } from './sections/people.js';
import { noteSections, recordSections } from './sections/records.js';

const data = JSON.parse(document.getElementById('data')!.textContent!) as PageData;
/** What the user has chosen, by the id of the control. */
const chosen = new Map<string, string>();

function show(code: LanguageCode): void {
  const language = createLanguage(code, navigator.languages);
  const title = [language.texts.title, data.report.workflow].join(language.texts.colon);
  document.documentElement.lang = code;
  document.title = `${title}, ${data.time}`;
  const header = element('header', {}, element('h1', {}, title), languageSwitch(language, show));
  const main = element(
    'main',
    {},
    headline(data, language),
    ...noteSections(data, language).filter(({ id }) => id === 'errors'),
    ...coverageSections(data, language),
    ...curveSections(data, language, chosen),
    ...comparisonSections(data, language, chosen),
    ...mapSections(data, language),
    ...peopleSections(data, language),
    ...recordSections(data, language),
    ...changesSections(data, language, chosen),
    ...noteSections(data, language).filter(({ id }) => id === 'warnings'),
    facts(data, language),
  );
  document.body.replaceChildren(header, main);
}

show(chooseLanguage(navigator.languages));
