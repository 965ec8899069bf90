import type { CodesDraft } from '../people/match-codes.js';
import type { ProgramStage } from '../servers/model.js';
import { createNames, identifier } from './names.js';

/** The names of constants that rows use. */
export interface RowNames {
  stage(stage: ProgramStage): string;
  codes(codes: CodesDraft): string;
  /** The same names, for comments: a constant that only comments name is a comment itself. */
  quiet: RowNames;
}

/** A constant that is named somewhere. */
interface Named<T> {
  name: string;
  object: T;
  /** Whether code names it, and not only a comment. */
  isUsed: boolean;
}

/** Names for stages and tables of codes, and the list of those that were used. */
export function createRowNames() {
  const stageNames = createNames<ProgramStage>('Stage');
  const stages = new Map<ProgramStage, Named<ProgramStage>>();
  const tables = new Map<string, Named<CodesDraft>>();
  const nameStage = (stage: ProgramStage, isUsed: boolean) => {
    const name = stageNames.of(stage, stage.name);
    const before = stages.get(stage)?.isUsed ?? false;
    stages.set(stage, { name, object: stage, isUsed: before || isUsed });
    return name;
  };
  const nameTable = (codes: CodesDraft, isUsed: boolean) => {
    const key = JSON.stringify(codes);
    const known = tables.get(key);
    const wanted = identifier(codes.category.replaceAll('_', ' '), 'Codes');
    const taken = [...tables.values()].filter(({ name }) => name.startsWith(wanted)).length;
    const name = known?.name ?? (taken === 0 ? wanted : `${wanted}${taken + 1}`);
    tables.set(key, { name, object: codes, isUsed: (known?.isUsed ?? false) || isUsed });
    return name;
  };
  const quiet: RowNames = {
    stage: stage => nameStage(stage, false),
    codes: codes => nameTable(codes, false),
    get quiet() {
      return quiet;
    },
  };
  const names: RowNames = {
    stage: stage => nameStage(stage, true),
    codes: codes => nameTable(codes, true),
    quiet,
  };
  return { names, stages: () => [...stages.values()], tables: () => [...tables.values()] };
}

/** Lines as comments, so that two slashes have to be removed. */
export function toComment(lines: readonly string[]): string[] {
  return lines.map(line => (line.startsWith('//') ? line : `// ${line}`));
}
