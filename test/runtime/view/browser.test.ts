import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, WHY_SKIPPED } from '#test/support/browser.js';
import { runCommand, temporaryJson } from '#test/support/command.js';
import { type RunningView, startViewCommand } from './support/running-view.js';
import { type PeopleServers, startPeopleServers } from './support/servers.js';

const WORKFLOW = 'tracked-entities-to-cases';

describe.skipIf(!CHROMIUM)(`the page of view in a browser${WHY_SKIPPED}`, () => {
  let browser: Browser;
  let servers: PeopleServers;
  let credentials: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] });
    servers = await startPeopleServers([WORKFLOW]);
    credentials = temporaryJson('credentials.json', servers.credentials);
    const { folder } = servers.project;
    await runCommand(['run', WORKFLOW, '-p', folder, '--credentials', credentials, '--dry-run']);
  });
  afterAll(async () => {
    await browser?.close();
    await servers?.close();
    servers?.project.remove();
  });

  /** Opens the address that the command prints; fails for anything on the console. */
  async function open(locale: string, ...args: string[]) {
    const view: RunningView = await startViewCommand(servers.project.folder, ...args);
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const complaints: string[] = [];
    const watch = (one: Page) => {
      one.on('console', message => complaints.push(message.text()));
      one.on('pageerror', error => complaints.push(error.message));
      one.on('request', request => {
        if (!request.url().startsWith(`http://127.0.0.1:${view.port}/`)) {
          complaints.push(request.url());
        }
      });
    };
    watch(page);
    context.on('page', watch);
    await page.goto(view.url);
    await page.waitForSelector('#mapping');
    const close = async () => {
      await context.close();
      expect(await view.stop()).toBe(0);
      expect(complaints).toEqual([]);
    };
    return { view, page, context, close };
  }

  const online = (locale: string) => open(locale, '--credentials', credentials);
  const textOf = (page: Page, selector: string) => page.locator(selector).innerText();

  async function violations(page: Page): Promise<string[]> {
    // The page's own policy admits no script that is put into it.
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await page.evaluate(axe.source);
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { violations: found } = await page.evaluate(() => (globalThis as any).axe.run());
    return (found as { id: string; nodes: { html: string }[] }[]).map(
      ({ id, nodes }) => `${id}: ${nodes[0]!.html}`,
    );
  }

  it('says that it reads, until it has the mapping', async () => {
    const { page, close } = await online('fr-FR');
    let goOn = () => {};
    const held = new Promise<void>(resolve => {
      goOn = resolve;
    });
    await page.route('**/api/mapping', route => held.then(() => route.continue()));
    await page.reload();
    expect(await textOf(page, '[role=status]')).toContain('Lecture des exécutions');
    goOn();
    await page.waitForSelector('#mapping');
    await close();
  });

  it('leaves no token in the address, and opens the page of each run', async () => {
    const { page, context, close } = await online('en-GB');
    expect(new URL(page.url()).search).toBe('');
    expect(await textOf(page, '#runs tbody tr:first-child')).toContain('Finished (dry run)');
    const opened = context.waitForEvent('page');
    await page.locator('#runs a').first().click();
    const report = await opened;
    await report.waitForSelector('.headline');
    expect(await textOf(report, 'h1')).toBe(`Report of a run: ${WORKFLOW}`);
    await close();
  });

  it('refuses a second browser with the same address', async () => {
    const { view, close } = await online('en-GB');
    const other = await (await browser.newContext()).newPage();
    expect((await other.goto(view.url))!.status()).toBe(403);
    expect(await other.locator('body').innerText()).toContain('It works once');
    await other.context().close();
    await close();
  });

  it('shows the mapping without credentials, and says what is missing', async () => {
    const { page, close } = await open('en-GB');
    expect(await textOf(page, '#offline')).toContain('Started without --credentials');
    expect(await page.locator('#check').count()).toBe(0);
    expect(await page.locator('#preview').count()).toBe(0);
    const row = page.locator('#mapping tr', { hasText: 'lastName' }).first();
    expect(await row.innerText()).toContain('ENRjVGxVL6l');
    await close();
  });

  it('checks on a click, shows names, and hides values until a click', async () => {
    const { page, close } = await online('en-GB');
    expect(await textOf(page, '#mapping')).toContain('Not checked yet');
    expect(await textOf(page, '#mapping')).not.toContain('Surname');
    await page.click('#check');
    await page.locator('#mapping', { hasText: 'Surname (ENRjVGxVL6l)' }).waitFor();
    expect(await textOf(page, '#mapping [role=status]')).toMatch(
      /^Checked .*Nothing was written\.$/,
    );
    await page.click('#read-preview');
    await page.waitForSelector('#preview tbody tr');
    expect(await page.locator('#preview tbody tr').count()).toBe(10);
    const hidden = await page.content();
    expect(servers.values.filter(value => hidden.includes(value))).toEqual([]);
    const person = page.locator('#preview tbody tr', { hasText: 'lastName' }).first();
    await person.locator('button').click();
    await page.waitForSelector('#hide-values');
    const shown = await textOf(page, '#values');
    expect(servers.values.some(value => shown.includes(value))).toBe(true);
    expect(shown).toContain('attributes.ENRjVGxVL6l (Surname)');
    await page.click('#hide-values');
    const after = await page.content();
    expect(servers.values.filter(value => after.includes(value))).toEqual([]);
    await close();
  });

  it('speaks the language of the browser, and the one that is chosen', async () => {
    const { page, close } = await online('fr-CD');
    const said = {
      fr: ['Exécutions et correspondance', 'Vérifier sur les deux serveurs'],
      pt: ['Execuções e mapeamento', 'Verificar nos dois servidores'],
      es: ['Ejecuciones y correspondencia', 'Comprobar en ambos servidores'],
      en: ['Runs and mapping', 'Check against both servers'],
    };
    for (const [lang, [title, button]] of Object.entries(said)) {
      if (lang !== 'fr') await page.selectOption('#language', lang);
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      expect(await textOf(page, 'h1')).toBe(title);
      expect(await textOf(page, '#check')).toBe(button);
      expect(await page.locator('body').innerText()).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
    await close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page, close } = await online('en-GB');
    const focused = () =>
      page.evaluate('document.activeElement.id || document.activeElement.tagName');
    const tabTo = async (id: string) => {
      for (let n = 0; n < 400 && (await focused()) !== id; n += 1) await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
    };
    await tabTo('language');
    await tabTo('read-preview');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#preview tbody tr');
    await page.locator('#preview button.values').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#hide-values');
    expect(await focused()).toBe('hide-values');
    await page.keyboard.press('Enter');
    expect(await page.locator('#values h3').count()).toBe(0);
    await close();
  });

  it('has no violation that axe-core finds, with tables and values open', async () => {
    const { page, close } = await online('en-GB');
    await page.click('#check');
    await page.locator('#mapping', { hasText: 'Surname (ENRjVGxVL6l)' }).waitFor();
    await page.click('#read-preview');
    await page.locator('#preview button.values').first().click();
    await page.waitForSelector('#hide-values');
    await page.evaluate(
      "document.querySelectorAll('details').forEach((one, at) => { one.open = at < 4; })",
    );
    // The rows are alike: the first ones stand for all.
    await page.evaluate(
      "document.querySelectorAll('.job tbody tr:nth-child(n + 8)').forEach(one => one.remove())",
    );
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
