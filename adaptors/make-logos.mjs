// Makes the logos of the adaptors, as OpenFn's platform shows them, from the drawings beside them: `npm run
// pictures`. It needs a Chromium (CHROMIUM_PATH, or Debian's package chromium).
import { readFileSync } from 'node:fs';
import path from 'node:path';

const packages = path.join(import.meta.dirname, 'packages');

/** The sizes that OpenFn's guide for new adaptors asks for, in pixels; the background is transparent. */
const SIZES = { square: { width: 256, height: 256 }, rectangle: { width: 512, height: 190 } };

/** @param {import('playwright-core').Browser} browser */
export async function makeLogos(browser) {
  for (const adaptor of ['dhis2', 'godata']) {
    for (const [name, viewport] of Object.entries(SIZES)) {
      const drawing = path.join(packages, adaptor, 'assets', `${name}.svg`);
      const page = await browser.newPage({ viewport });
      await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(drawing, 'utf8')}`);
      const file = drawing.replace(/svg$/, 'png');
      await page.screenshot({ path: file, omitBackground: true });
      await page.close();
      console.log(path.relative(process.cwd(), file));
    }
  }
}
