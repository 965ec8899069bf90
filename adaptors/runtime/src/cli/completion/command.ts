import { Argument, type Command } from 'commander';
import { reply } from './reply.js';
import { SCRIPTS, type Shell } from './scripts.js';

const HELP = `
Examples:
  $ godata-dhis2 completion bash >> ~/.bashrc
  $ godata-dhis2 completion zsh >> ~/.zshrc
  $ godata-dhis2 completion fish > ~/.config/fish/completions/godata-dhis2.fish

Completes commands, options, workflows and runs of the command godata-dhis2: install it with
npm install --global, or put node_modules/.bin into PATH. Shells do not complete what follows npx.`;

/** Adds the command that prints a script with which a shell completes command lines. */
export function addCompletionCommand(program: Command, project: string): void {
  const completion = program
    .command('completion')
    .description('print a script with which a shell completes these commands')
    .helpCommand(false)
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', HELP)
    .action((shell: Shell) => void process.stdout.write(SCRIPTS[shell]));
  // For the scripts only.
  completion
    .command('reply', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action((words: string[]) => {
      const lines = reply(program, words, project).map(word => `${word}\n`);
      process.stdout.write(lines.join(''));
    });
}
