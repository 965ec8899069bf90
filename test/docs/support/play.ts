import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { runCommandLine } from '../../runtime/support/command.js';

/** The words of a command, as a shell has them: those in quotes are one. */
const wordsOf = (command: string) =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);

/**
 * Types commands one after the other, as a user in a terminal would.
 *
 * @param folder in which the user begins
 * @returns the folder in which the user ends
 */
export async function play(commands: readonly string[], folder: string): Promise<string> {
  let cwd = folder;
  for (const command of commands) {
    const [program, ...args] = wordsOf(command);
    if (program === 'cd') cwd = path.join(cwd, args[0]!);
    else if (program === 'cp') copyFileSync(path.join(cwd, args[0]!), path.join(cwd, args[1]!));
    else {
      expect([program, args[0]], command).toEqual(['npx', 'godata-dhis2']);
      const { status, stdout, stderr } = await runCommandLine(args.slice(1), { cwd });
      expect(status, `${command}\n${stdout}\n${stderr}`).toBe(0);
    }
  }
  return cwd;
}
