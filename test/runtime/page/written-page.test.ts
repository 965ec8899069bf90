import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '#page/texts/en.js';
import { es } from '#page/texts/es.js';
import { fr } from '#page/texts/fr.js';
import { pt } from '#page/texts/pt.js';
import { VIEW_TEXTS } from '#page/view/texts/index.js';
import { toPage } from '#runtime/record/write-page.js';
import { problemsOf } from '../../support/records.js';
import { PROJECT } from '../../support/workflow.js';
import { samplePlan, sampleReport } from './sample.js';

const page = () => toPage('2026-11-29T14-33-19Z', sampleReport(), samplePlan());
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('report.html', () => {
  it('has at most 400 KB for 3,000 changes', () => {
    expect(problemsOf(sampleReport())).toEqual([]);
    expect(Buffer.byteLength(page())).toBeLessThan(400_000);
  });

  it('admits its own script and styles, and nothing else', () => {
    const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page())!;
    const [, styles] = /<style>(.*?)<\/style>/s.exec(page())!;
    const script = page().slice(
      page().lastIndexOf('<script>') + 8,
      page().lastIndexOf('</script>'),
    );
    expect(policy!.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(styles!)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has names of servers as data only', () => {
    expect(page().match(/<script/g)).toHaveLength(2);
    expect(page()).not.toContain('<img');
    expect(page()).not.toContain('<svg');
  });
});

describe('the texts of the page', () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const flat = (texts: object, at = ''): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${at}${key}`, value]] : flat(value, `${at}${key}.`),
    );

  const { en: viewEn, ...viewTexts } = VIEW_TEXTS;
  it.each([
    ...Object.entries({ fr, pt, es }).map(([code, texts]) => [code, en, texts] as const),
    ...Object.entries(viewTexts).map(([code, texts]) => [`${code} (view)`, viewEn, texts] as const),
  ])('are all there in %s, with the same values', (_, english, texts) => {
    const translated = new Map(flat(texts));
    for (const [key, text] of flat(english)) {
      expect([key, holes(translated.get(key) ?? 'missing')]).toEqual([key, holes(text)]);
    }
    expect([...translated.values()].filter(text => text.trim() === '')).toEqual([]);
  });

  it('name every reason for which something is left out', () => {
    const folders = ['packages/godata/src', 'packages/dhis2/src', 'common/src', 'runtime/src'];
    const files = folders.flatMap(folder => {
      const above = path.join(PROJECT, 'adaptors', folder);
      return readdirSync(above, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.ts'))
        .map(name => readFileSync(path.join(above, name), 'utf8'));
    });
    // A reason is written where it is counted, as what an undo leaves, or as its obstacle.
    const written =
      /(?:reason: |[lL]eftOut\.add\(|\.leave\(\w+, |obstacle: |return \[)'([a-z]+(?:-[a-z]+)+)'/g;
    const reasons = files.flatMap(text => [...text.matchAll(written)].map(([, reason]) => reason!));
    expect(reasons.length).toBeGreaterThan(10);
    expect([...new Set(reasons)].filter(reason => !Object.hasOwn(en.reasons, reason))).toEqual([]);
  });
});
