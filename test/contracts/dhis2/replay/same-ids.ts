const UID = /\b[A-Za-z][A-Za-z0-9]{10}\b/g;

/** Whether a text of eleven characters looks drawn by lot: digits, or capitals and small letters. */
function looksMade(text: string): boolean {
  return /\d/.test(text) || (/.[A-Z]/.test(text) && /[a-z]/.test(text));
}

/**
 * Tells ids that a client gave (in the world, or in a request so far) from those that a server made.
 * The latter differ from run to run: they are compared by kind, and translated in later requests,
 * which name them too: a job, a token.
 */
export class SameIds {
  readonly #given = new Set<string>();
  readonly #ours = new Map<string, string>();

  /** Notes the ids of a request or of the world, as they are recorded. */
  give(value: unknown): void {
    for (const id of JSON.stringify(value)?.match(UID) ?? []) {
      if (!this.#ours.has(id)) this.#given.add(id);
    }
  }

  /** Notes that two servers made these ids for the same. */
  pair(recorded: string, ours: string): void {
    if (!this.#given.has(recorded)) this.#ours.set(recorded, ours);
  }

  /** Text of a later request, with the ids of the server that is asked. */
  translate(text: string): string {
    return text.replace(UID, id => this.#ours.get(id) ?? id);
  }

  /** Whether a server made this whole text as an id. */
  isMade(text: string): boolean {
    return /^[A-Za-z][A-Za-z0-9]{10}$/.test(text) && !this.#given.has(text) && looksMade(text);
  }

  /** A text with the ids that a server made as `<uid>`. */
  mask(text: string): string {
    return text.replace(UID, id => (this.isMade(id) ? '<uid>' : id));
  }
}
