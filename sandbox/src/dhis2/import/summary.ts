import type { Dialect } from '../dialect.js';
import { formatMessage, type MessageArg } from '../messages.js';
import type { ImportOptions } from './options.js';

export type ImportStatus = 'SUCCESS' | 'WARNING' | 'ERROR';

/** One entry of `conflicts` (dhis2 FACTS §1.3); each dialect fills in its own properties. */
export interface Conflict {
  object?: string;
  objects?: Readonly<Record<string, string>>;
  value: string;
  errorCode?: string;
  property?: string;
  indexes: number[];
}

/** What came of an import; the importers count in it as they go. */
export class ImportSummary {
  status: ImportStatus = 'SUCCESS';
  description: string | undefined;
  imported = 0;
  updated = 0;
  ignored = 0;
  deleted = 0;
  /** Day of completion when the data set was registered as complete. */
  dataSetComplete: string | undefined;
  readonly #conflicts = new Map<string, Conflict>();
  readonly #rejected = new Set<number>();

  constructor(
    private readonly dialect: Dialect,
    private readonly options: ImportOptions,
  ) {}

  get hasConflicts(): boolean {
    return this.#conflicts.size > 0;
  }

  /** Adds a conflict; one with the same code and objects is the same and gets the index too. */
  addConflict(conflict: Conflict): void {
    const key = `${conflict.errorCode}${JSON.stringify(conflict.objects)}${conflict.property}`;
    const known = this.#conflicts.get(key);
    if (known) known.indexes.push(...conflict.indexes);
    else this.#conflicts.set(key, { ...conflict, indexes: [...conflict.indexes] });
  }

  /** The text of an error code in the words of this server's version. */
  message(code: string, args: readonly MessageArg[]): string {
    return formatMessage(this.dialect, code, args);
  }

  reject(...indexes: number[]): void {
    for (const index of indexes) this.#rejected.add(index);
  }

  toJSON(): object {
    const { imported, updated, ignored, deleted } = this;
    return {
      responseType: 'ImportSummary',
      status: this.status,
      importOptions: {
        idSchemes: this.options.idSchemes,
        dryRun: this.options.dryRun,
        async: this.options.async,
        importStrategy: this.options.importStrategy,
        reportMode: 'FULL',
        force: this.options.force,
      },
      ...(this.description === undefined ? {} : { description: this.description }),
      importCount: { imported, updated, ignored, deleted },
      conflicts: [...this.#conflicts.values()],
      ...(this.dialect.hasRejectedIndexes ? { rejectedIndexes: [...this.#rejected] } : {}),
      dataSetComplete: this.dataSetComplete ?? 'false',
    };
  }
}
