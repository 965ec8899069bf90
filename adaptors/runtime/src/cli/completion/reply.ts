import type { Argument, Command, Option } from 'commander';
import { readProject } from '../../project/read-project.js';
import { listRecords } from '../../record/records.js';
import { SCRIPTS } from './scripts.js';

/** What a completion offers for the values of an option or an argument. */
type Offer = (project: string) => string[];

const workflows: Offer = project => readProject(project).workflows;
const times: Offer = project => ['last', ...listRecords(project).map(({ time }) => time)];

const OF_OPTIONS: Record<string, Offer> = { '--from': workflows, '--workflow': workflows };
const OF_ARGUMENTS: Record<string, Offer> = {
  shell: () => Object.keys(SCRIPTS),
  time: times,
  workflow: workflows,
};

/** Nothing is offered where the project cannot be read: completion must not print errors. */
function offer(find: Offer | undefined, project: string): string[] {
  try {
    return find?.(project) ?? [];
  } catch {
    return [];
  }
}

const takesValue = ({ required, optional }: Option) => required || optional;
const isOption = (word: string) => word.startsWith('-') && word !== '-';

/** Where the words lead: a command, the arguments that it has, and an option that waits for its value. */
interface Place {
  command: Command;
  given: number;
  option: Option | undefined;
  project: string;
}

function findPlace(program: Command, words: readonly string[], project: string): Place {
  const place: Place = { command: program, given: 0, option: undefined, project };
  for (const word of words) {
    if (place.option) {
      if (place.option.long === '--project') place.project = word;
      place.option = undefined;
    } else if (isOption(word)) {
      const option = place.command.options.find(one => one.long === word || one.short === word);
      place.option = option && takesValue(option) ? option : undefined;
    } else {
      const inner = place.command.commands.find(one => one.name() === word);
      if (inner) Object.assign(place, { command: inner, given: 0 });
      else place.given += 1;
    }
  }
  return place;
}

/**
 * What may follow in a command line: names of commands, options, workflows and runs.
 *
 * @param words behind `godata-dhis2`; the last is the one that is being typed, and may be empty
 * @param project folder of project.yaml, unless the words name one
 */
export function reply(program: Command, words: readonly string[], project: string): string[] {
  const typed = words.at(-1) ?? '';
  const place = findPlace(program, words.slice(0, -1), project);
  return candidates(place, typed, words).filter(word => word.startsWith(typed));
}

function candidates(
  { command, given, option, project }: Place,
  typed: string,
  words: readonly string[],
): string[] {
  if (option) return offer(OF_OPTIONS[option.long ?? ''], project);
  if (isOption(typed)) {
    const names = [...command.options.flatMap(({ long }) => long ?? []), '--help'];
    return names.filter(name => !words.slice(0, -1).includes(name));
  }
  const argument: Argument | undefined = command.registeredArguments[given];
  const visible = command.createHelp().visibleCommands(command);
  const inner = given === 0 ? visible.map(one => one.name()) : [];
  return [...inner, ...offer(OF_ARGUMENTS[argument?.name() ?? ''], project)];
}
