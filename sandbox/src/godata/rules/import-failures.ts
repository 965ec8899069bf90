import { ApiError } from '../errors.js';
import type { JsonObject } from '../types.js';

/** A location of the file and its number: `1 - 3` is the third child of the first root. */
export interface Place {
  recordNo: string;
  location: JsonObject;
}

/** The failures of a file of locations, each once, as the server answers them (r084). */
export class ImportFailures {
  readonly #failed = new Map<string, JsonObject>();

  /** A failure of one location. */
  add(token: string, { recordNo, location }: Place): void {
    this.#push(`'${recordNo}'`, token, location);
  }

  /** A failure that concerns several locations; reported by each of them it is the same one. */
  addAll(token: string, places: readonly Place[]): void {
    const numbers = places.map(({ recordNo }) => `'${recordNo}'`).sort();
    this.#push(numbers.join(' & '), token, places);
  }

  /** @throws ApiError 422 IMPORT_PARTIAL_SUCCESS_WITH_DETAILS if there are failures */
  throwIfAny(): void {
    if (this.#failed.size === 0) return;
    throw new ApiError(422, 'Pre-validation failed', {
      code: 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS',
      details: { failed: [...this.#failed.values()] },
    });
  }

  #push(recordNo: string, token: string, file: unknown): void {
    const message = `LNG_PAGE_IMPORT_DATA_ERROR_${token}`;
    const key = recordNo + message;
    if (this.#failed.has(key)) return;
    this.#failed.set(key, {
      error: { code: 'PRE_VALIDATION' },
      recordNo,
      message,
      data: { file },
    });
  }
}
