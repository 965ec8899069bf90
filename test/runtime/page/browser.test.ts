import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '#runtime/record/run-report.js';
import { toPage } from '#runtime/record/write-page.js';
import { CHROMIUM, WHY_SKIPPED } from '../../support/browser.js';
import { HOSTILE, samplePlan, sampleReport } from './sample.js';

describe.skipIf(!CHROMIUM)(`the page of a run in a browser${WHY_SKIPPED}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page from disk, without a network; fails for anything on the console. */
  async function open(locale: string, rest: Partial<RunReport> = {}, plan = samplePlan()) {
    const file = path.join(folder, `${Math.random()}.html`);
    writeFileSync(file, toPage('2026-11-29T14-33-19Z', sampleReport(rest), plan));
    const context = await browser.newContext({ locale, offline: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('request', request => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await page.goto(`file://${file}`);
    const close = async () => {
      await context.close();
      expect(complaints).toEqual([]);
    };
    return { page, close };
  }

  const textOf = (page: Page, selector: string) => page.locator(selector).innerText();

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source);
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { violations: found } = await page.evaluate(() => (globalThis as any).axe.run());
    return (found as { id: string; nodes: { html: string }[] }[]).map(
      ({ id, nodes }) => `${id}: ${nodes[0]!.html}`,
    );
  }

  it('opens from disk and shows what happened, what to do, and every picture', async () => {
    const { page, close } = await open('en-GB');
    expect(await textOf(page, '.headline')).toContain('Data values: 2,000 created, 1,000 updated');
    expect(await textOf(page, '.headline')).toContain('6 were rejected.');
    expect(await textOf(page, '#coverage')).toContain('12,021 of 12,205 cases (98%)');
    expect(await textOf(page, '#coverage')).toContain('A person can count in several data values');
    expect(await textOf(page, '#coverage')).toContain('Enter the org unit’s code');
    expect(await textOf(page, '#coverage')).toContain(
      'code that the mapping does not contain: classification=EPI_LINKED',
    );
    expect(await textOf(page, '#curve')).toContain('Counted by date of reporting.');
    for (const id of ['coverage', 'curve', 'comparison', 'map', 'people']) {
      expect(await page.locator(`#${id} svg.picture`).count(), id).toBe(1);
      expect(await page.locator(`#${id} table`).count(), id).toBe(1);
    }
    await close();
  });

  it('shows names from a server as text, whatever they contain', async () => {
    const { page, close } = await open('en-GB');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    const names = await textOf(page, '#changes');
    for (const name of HOSTILE.slice(0, 4)) expect(names).toContain(name);
    expect(names).toContain('Clinic \\u202eexe');
    await close();
  });

  it('stacks the curve by another dimension, and compares another data element', async () => {
    const { page, close } = await open('en-GB');
    expect(await textOf(page, '#curve .legend')).toContain('CONFIRMED');
    await page.selectOption('#dimension', 'sex');
    expect(await textOf(page, '#curve .legend')).toContain('FEMALE');
    expect(await textOf(page, '#comparison')).toContain('in every period');
    expect(await page.locator('#comparison svg').innerHTML()).not.toContain('≠');
    await page.selectOption('#element', '1');
    expect(await textOf(page, '#comparison')).toContain('Periods with a difference: 1.');
    expect(await page.locator('#comparison svg').innerHTML()).toContain('≠');
    await close();
  });

  it('filters the changes by all words, and shows all of them', async () => {
    const { page, close } = await open('en-GB');
    expect(await textOf(page, '#changes [role=status]')).toBe('200 of 3,000 rows');
    await page.fill('#filter', 'Number 217 2026W18');
    const rows = await page.locator('#changes tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(row => !/number 217.*2026W18/.test(row))).toEqual([]);
    await page.fill('#filter', '');
    await page.click('#changes button');
    expect(await page.locator('#changes tbody tr').count()).toBe(3000);
    await close();
  });

  it('tells a conflict side by side, without its values', async () => {
    const { page, close } = await open('en-GB');
    const rows = await page.locator('#conflicts tbody tr').allInnerTexts();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('lastName');
    expect(rows[0]!.match(/differs, changed/g)).toHaveLength(2);
    await close();
  });

  it.each([
    ['en-US', 'en', 'Report of a run', '12,205'],
    ['fr-CD', 'fr', 'Rapport d’une exécution', '12 205'],
    ['pt-PT', 'pt', 'Relatório de uma execução', '12 205'],
    ['es-CO', 'es', 'Informe de una ejecución', '12.205'],
    ['sw-KE', 'en', 'Report of a run', '12,205'],
  ])('speaks the language of the browser: %s', async (locale, lang, title, number) => {
    const { page, close } = await open(locale);
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await textOf(page, 'h1')).toContain(title);
    const coverage = await textOf(page, '#coverage');
    expect(coverage.replace(/[\u00a0\u202f]/g, ' ')).toContain(number);
    expect(await page.locator('body').innerText()).not.toMatch(/\{\w+\}|undefined|\[object/);
    await close();
  });

  it('changes the language by a switch that keeps what was chosen', async () => {
    const { page, close } = await open('en-GB');
    await page.selectOption('#dimension', 'sex');
    await page.fill('#filter', 'number 17');
    await page.selectOption('#language', 'es');
    expect(await textOf(page, 'h1')).toContain('Informe de una ejecución');
    expect(await page.inputValue('#dimension')).toBe('sex');
    expect(await page.inputValue('#filter')).toBe('number 17');
    await close();
  });

  it('marks a dry run', async () => {
    const { page, close } = await open('en-GB', { dryRun: true });
    expect(await textOf(page, '.headline')).toContain('Dry run: nothing was written.');
    expect(await textOf(page, '.headline')).toContain('The run would make these changes');
    expect(await textOf(page, '#changes')).toContain('What would be changed.');
    await close();
  });

  it('says why a run failed, and what to do', async () => {
    const error = {
      code: 'LOGIN_FAILED',
      message: 'No.',
      fix: 'Check it.',
      kind: 'failure',
    } as const;
    const { page, close } = await open('en-GB', {
      status: 'failed',
      exitStatus: 1,
      errors: [error],
    });
    expect(await textOf(page, '.headline')).toContain('LOGIN_FAILED');
    expect(await textOf(page, '.headline')).toContain('Check it.');
    await close();
  });

  it.each([
    [
      'en-GB',
      'date that is no calendar day (INVALID_DATE)',
      'Correct the date in its source.',
      'case',
    ],
    ['fr-FR', 'date qui n’existe pas (INVALID_DATE)', 'Corrigez la date dans sa source.', 'cas'],
    ['pt-PT', 'data que não existe (INVALID_DATE)', 'Corrija a data na origem.', 'caso'],
    ['es-ES', 'fecha que no existe (INVALID_DATE)', 'Corrija la fecha en su origen.', 'caso'],
  ])('explains a code of rejected records in %s', async (locale, name, fix, kind) => {
    const rejected = [{ kind: 'case', id: 'TrackedEn01', code: 'INVALID_DATE', message: 'x' }];
    const report = { 'upsert-cases': { created: 3, rejectedCount: 1, rejected } };
    const { page, close } = await open(locale, { report });
    expect(await page.locator('#coverage svg').count()).toBe(1);
    for (const id of ['coverage', 'rejected']) {
      expect(await textOf(page, `#${id}`)).toContain(name);
      expect(await textOf(page, `#${id}`)).toContain(fix);
    }
    const [row] = await page.locator('#rejected tbody tr').allInnerTexts();
    expect(row).toMatch(new RegExp(`^${kind}\\s+TrackedEn01`));
    await close();
  });

  it('says what to do after an error in the language of the page, and the program’s own words', async () => {
    const errors = [{ code: 'LOGIN_FAILED', message: 'No.', fix: 'Check it.', kind: 'failure' }];
    const failed = { status: 'failed', exitStatus: 1, errors } as Partial<RunReport>;
    const { page, close } = await open('pt-PT', failed);
    expect(await textOf(page, '.headline')).toContain('Corrija a credencial');
    expect(await textOf(page, '#errors')).toContain('Check it.');
    await close();
  });

  it('lists every place of a reason, those after the first ones folded away', async () => {
    const leftOut = Array.from({ length: 45 }, (_, at) => ({
      reason: 'unmapped-location',
      subject: `loc${at} (Place ${at})`,
      count: 1,
    }));
    const { page, close } = await open('en-GB', { report: { aggregate: { counted: 1, leftOut } } });
    await page.locator('#coverage summary', { hasText: '25 more' }).click();
    for (const { subject } of leftOut) {
      expect(await textOf(page, '#coverage')).toContain(subject);
    }
    await close();
  });

  it.each([
    ['location', 'Locations'],
    ['org unit', 'Org units'],
    ['option', 'Options'],
    ['fields', 'Records of people'],
    ['now', 'Records'],
  ])('says of what the changes are, by the column %s', async (column, things) => {
    const report = { writes: { created: 1 } };
    const plan = { columns: [column], rows: [['x']], total: 1 };
    const { page, close } = await open('en-GB', { report }, plan);
    expect(await textOf(page, '.happened')).toBe(`The run has finished. ${things}: 1 created.`);
    await close();
  });

  it('prints on A4 without its controls', async () => {
    const leftOut = [
      {
        reason: 'unmapped-code',
        subject: 'classification=NOT_A_CASE_DISCARDED_BY_NOBODY',
        count: 1,
      },
      { reason: 'unmapped-location', subject: 'ab02c4b9-46bf-451c-ad86-cd2ef65f5756', count: 1 },
    ];
    const report = { aggregate: { counted: 1, leftOut } };
    const { page, close } = await open('en-GB', { ...sampleReport(), report });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('#language').isVisible()).toBe(false);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'))!;
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    // What to do, and where, are the columns that are read: 18 cm of A4 are 680 pixels.
    await page.setViewportSize({ width: 680, height: 900 });
    for (const column of [3, 4]) {
      const head = await page.locator(`#coverage th:nth-child(${column})`).boundingBox();
      expect(head!.width, `column ${column}`).toBeGreaterThan(160);
    }
    const edges = '#coverage .scroll';
    expect(
      await page
        .locator(edges)
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBe(0);
    await close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page, close } = await open('en-GB');
    const reached = new Set<string>();
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate('document.activeElement.id || document.activeElement.tagName'),
      );
    }
    for (const id of ['language', 'dimension', 'element', 'filter', 'BUTTON', 'SUMMARY']) {
      expect([...reached]).toContain(id);
    }
    await close();
  });

  it('has no violation that axe-core finds, with all tables open', async () => {
    const { page, close } = await open('en-GB');
    await page.evaluate(
      "document.querySelectorAll('details').forEach(one => { one.open = true; })",
    );
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
