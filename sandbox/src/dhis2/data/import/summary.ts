import { formatMessage, type MessageArg } from '../../http/messages.js';
import type { Dialect } from '../../versions/dialect.js';
import type { ImportOptions } from './options.js';
import { printOptions } from './print-options.js';

export type ImportStatus = 'SUCCESS' | 'WARNING' | 'ERROR';

/** One entry of `conflicts` (dhis2 FACTS §1.3); each importer sets its own properties. */
export interface Conflict {
  object?: string;
  objects?: Readonly<Record<string, string>>;
  value: string;
  errorCode?: string;
  property?: string;
  /** Absent when the conflict concerns no value (recordings 364, 419). */
  indexes?: number[];
}

/** The result of an import; the importers add to it as they proceed. */
export class ImportSummary {
  status: ImportStatus = 'SUCCESS';
  description: string | undefined;
  imported = 0;
  updated = 0;
  ignored = 0;
  deleted = 0;
  /**
   * Whether the import ended before it checked the data set's completeness (recordings 364, 378).
   */
  isAborted = false;
  /** The stages that a background job reports (recording 403). */
  readonly stages: string[] = [];
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

  /** Adds a conflict; if one with the same code and objects exists, only adds the index to it. */
  addConflict(conflict: Conflict): void {
    const { errorCode, objects, object, property } = conflict;
    const key = JSON.stringify([errorCode, objects ?? object, property]);
    const known = this.#conflicts.get(key);
    const { indexes } = conflict;
    if (known && indexes) known.indexes = [...(known.indexes ?? []), ...indexes];
    else if (!known) this.#conflicts.set(key, conflict);
  }

  /** The text of an error code in this server's version. */
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
      importOptions: printOptions(this.options, this.dialect),
      ...(this.description === undefined ? {} : { description: this.description }),
      importCount: { imported, updated, ignored, deleted },
      conflicts: [...this.#conflicts.values()],
      ...(this.dialect.hasRejectedIndexes ? { rejectedIndexes: [...this.#rejected] } : {}),
      ...(this.isAborted ? {} : { dataSetComplete: this.dataSetComplete ?? 'false' }),
    };
  }
}
