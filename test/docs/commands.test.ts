import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';
import {
  blocksOf,
  commandsOf,
  inlineCommandsIn,
  isTypedOnly,
  PAGES,
  readPage,
} from './support/pages.js';
import { COUNTRY, NOT_RUN, PICTURES, SHIPPED } from './support/scenes.js';

const ALL = [...SHIPPED, ...COUNTRY];
const isKnown = (command: string) => ALL.includes(command) || Object.hasOwn(NOT_RUN, command);

const { scripts } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8'));

/** Whether a command in a sentence is, or begins, one that is known; `<name>` stands for any word. */
function isKnownInline(command: string): boolean {
  const [, script] = /^npm (?:run )?([\w:]+)$/.exec(command) ?? [];
  if (script !== undefined && Object.hasOwn(scripts, script)) return true;
  const [, tests] =
    /^(?:npx vitest run|npm run test:deep --|npm test --) (.+)$/.exec(command) ?? [];
  if (tests !== undefined)
    return tests.split(' ').every(test => existsSync(path.join(PROJECT, test)));
  const pattern = command
    .split(/<\w+>|\[\w+\]|\.\.\./)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\S+');
  return [...ALL, ...Object.keys(NOT_RUN)].some(known => new RegExp(`^${pattern}`).test(known));
}

describe.each(PAGES)('the commands of %s', page => {
  it('are run by a test, or listed with the reason why not', () => {
    expect(
      blocksOf(page)
        .flatMap(commandsOf)
        .filter(one => !isKnown(one)),
    ).toEqual([]);
    const inline = inlineCommandsIn(readPage(page)).flatMap(command => command.split(/ && |; /));
    expect(inline.filter(one => !isKnownInline(one))).toEqual([]);
  });

  it('stand alone, or with a $ before their output', () => {
    const others = blocksOf(page).filter(block => block.language === '' && !isTypedOnly(block));
    const strange = others
      .filter(({ text }) => !/^\$ /m.test(text))
      .filter(({ text }) => !Object.keys(PICTURES).some(start => text.trim().startsWith(start)));
    expect(strange.map(({ text }) => text)).toEqual([]);
  });
});
