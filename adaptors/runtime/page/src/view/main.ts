/*
 * The page of `godata-dhis2 view`, in the browser: runs, mapping and preview, as the program of this
 * machine tells them. It reaches nothing else.
 */
import type { RunRow } from '#runtime/record/run-rows.js';
import { element } from '../dom.js';
import { chooseLanguage, createLanguage, type LanguageCode } from '../language.js';
import { languageSwitch } from '../language-switch.js';
import { type Answer, api, isRefusal, type Mapping } from './api.js';
import { checkBar } from './sections/check-bar.js';
import { mappingSection } from './sections/mapping.js';
import { previewSection } from './sections/preview.js';
import { refusal } from './sections/refusal.js';
import { runsSection } from './sections/runs.js';
import { VIEW_TEXTS } from './texts/index.js';

let runs: Answer<RunRow[]> = [];
let mapping: Answer<Mapping> = { jobs: [], other: [] };

function show(code: LanguageCode): void {
  const language = createLanguage(code, navigator.languages);
  const view = VIEW_TEXTS[code];
  document.documentElement.lang = code;
  document.title = view.title;
  document.body.className = 'wide';
  const links = [
    ['runs', view.runs],
    ['mapping', language.texts.mapping],
    ['preview', view.preview],
  ]
    // Without credentials there is no preview.
    .filter(([id]) => id !== 'preview' || (!isRefusal(mapping) && mapping.check))
    .map(([id, text]) => element('a', { href: `#${id}` }, text));
  const header = element(
    'header',
    {},
    element('h1', {}, view.title),
    languageSwitch(language, show),
  );
  const reload = async () => {
    mapping = await api.mapping();
    show(document.documentElement.lang as LanguageCode);
  };
  const main = element(
    'main',
    {},
    element('nav', { 'aria-label': view.contents }, ...links),
    isRefusal(runs) ? refusal(runs.error, language) : runsSection(runs, language, view),
    ...(isRefusal(mapping)
      ? [refusal(mapping.error, language)]
      : [
          mappingSection(mapping, checkBar(mapping, language, view, reload), language, view),
          ...previewSection(mapping, language, view),
        ]),
  );
  document.body.replaceChildren(header, main);
}

async function start(): Promise<void> {
  const code = chooseLanguage(navigator.languages);
  // To read all jobs takes seconds on a slow machine.
  const loading = element('p', { role: 'status' }, VIEW_TEXTS[code].loading);
  document.body.replaceChildren(element('main', {}, loading));
  [runs, mapping] = await Promise.all([api.runs(), api.mapping()]);
  show(code);
}

void start();
