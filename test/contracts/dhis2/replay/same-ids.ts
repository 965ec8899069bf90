const UID = /\b[A-Za-z][A-Za-z0-9]{10}\b/g;

/** Whether a text of eleven characters looks random: digits, or both upper and lower case. */
function looksMade(text: string): boolean {
  return /\d/.test(text) || (/.[A-Z]/.test(text) && /[a-z]/.test(text));
}

/**
 * Distinguishes ids that a client sent (in the world, or in a request so far) from those that a
 * server generated. The latter differ between runs: they are compared by kind, and translated in
 * later requests that contain them, such as those for a job or a token.
 */
export class SameIds {
  readonly #given = new Set<string>();
  readonly #ours = new Map<string, string>();

  /** Records the ids of a request or of the world. */
  give(value: unknown): void {
    for (const id of JSON.stringify(value)?.match(UID) ?? []) {
      if (!this.#ours.has(id)) this.#given.add(id);
    }
  }

  /** Records that two servers generated these ids for the same object. */
  pair(recorded: string, ours: string): void {
    if (!this.#given.has(recorded)) this.#ours.set(recorded, ours);
  }

  /** Text of a later request, with the ids of the server that receives it. */
  translate(text: string): string {
    return text.replace(UID, id => this.#ours.get(id) ?? id);
  }

  /** Whether a server generated this whole text as an id. */
  isMade(text: string): boolean {
    return /^[A-Za-z][A-Za-z0-9]{10}$/.test(text) && !this.#given.has(text) && looksMade(text);
  }

  /** A text with generated ids replaced by `<uid>`. */
  mask(text: string): string {
    return text.replace(UID, id => (this.isMade(id) ? '<uid>' : id));
  }
}
