import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from '../../support/workflow.js';

/** Folders whose pages are about something else, or generated. */
const OTHERS = /(^|\/)(node_modules|dist|\.\w+)\/|^test\/|^adaptors\/packages\/\w+\/docs\//;

/** Every page of the project, by its path. */
export const PAGES: readonly string[] = readdirSync(PROJECT, { withFileTypes: true })
  .filter(entry => !OTHERS.test(`${entry.name}/`))
  .flatMap(entry => {
    if (!entry.isDirectory()) return entry.name;
    const files = readdirSync(path.join(PROJECT, entry.name), {
      recursive: true,
      encoding: 'utf8',
    });
    return files.map(file => `${entry.name}/${file.replaceAll(path.sep, '/')}`);
  })
  .filter(file => file.endsWith('.md') && !OTHERS.test(file))
  .sort();

/** The text of a page. */
export const readPage = (page: string): string => readFileSync(path.join(PROJECT, page), 'utf8');

const FENCE = /^[ ]*```(\w*)\n([\s\S]*?)^[ ]*```$/gm;

/** A fenced block. */
export interface Block {
  language: string;
  text: string;
}

/** A text without its fenced blocks. */
export const proseOf = (text: string): string => text.replace(FENCE, '');

/** All fenced blocks of a text, in their order. */
export function blocksIn(text: string): Block[] {
  return [...text.matchAll(FENCE)].map(([, language, code]) => ({
    language: language!,
    text: code!,
  }));
}

/** A fenced block of a page. */
export interface PageBlock extends Block {
  page: string;
}

/** All fenced blocks of a page, in their order. */
export function blocksOf(page: string): PageBlock[] {
  return blocksIn(readPage(page)).map(block => ({ page, ...block }));
}

const COMMAND = /^(\$ )?((?:npx|npm|node|cp|cd|openfn|git|sh|bash) .*)$/;
const tidy = (command: string) =>
  command
    .replace(/\s+#.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The lines of a block that a user types; one that ends with a backslash goes on in the next. */
export function commandsOf({ text }: Block): string[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  return lines.flatMap(line => {
    const [, , command] = COMMAND.exec(line.trim()) ?? [];
    return command === undefined ? [] : [tidy(command)];
  });
}

/** Whether everything in a block is typed: nothing of it is output. */
export function isTypedOnly(block: Block): boolean {
  const lines = block.text.replace(/\\\n/g, ' ').split('\n');
  return lines.filter(line => line.trim() !== '').length === commandsOf(block).length;
}

/** Commands in the sentences and tables of a text. */
export function inlineCommandsIn(text: string): string[] {
  return [...proseOf(text).matchAll(/`([^`\n]+)`/g)]
    .map(([, text]) => text!)
    .filter(text => COMMAND.test(text))
    .map(tidy);
}

/** The rows of all tables of a text, each as its cells; the line below a head is one of them. */
export function rowsIn(text: string): string[][] {
  const lines = proseOf(text).split('\n');
  return lines
    .filter(line => line.startsWith('|'))
    .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()));
}

/** The headings of a page, in their order. */
export function headingsOf(page: string): string[] {
  return [...proseOf(readPage(page)).matchAll(/^(#+) (.+)$/gm)].map(([, , text]) => text!);
}

/** The targets of all links of a text. */
export function linksIn(text: string): string[] {
  return [...proseOf(text).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
}

/** The anchors of a page, as GitHub makes them of its headings. */
export function anchorsOf(page: string): Set<string> {
  return new Set(
    headingsOf(page).map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Mark}\p{Number} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
