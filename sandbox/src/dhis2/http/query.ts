import { Refusal, sandboxRefusal } from './web-message.js';

/** The query parameters of a request, checked against the list of the route. */
export class Query {
  /** @throws Refusal naming the first parameter that the sandbox does not support on this route */
  constructor(
    private readonly params: Record<string, string[]>,
    known: readonly string[],
    where: string,
  ) {
    const unknown = Object.keys(params).find(name => !known.includes(name));
    if (unknown !== undefined) throw sandboxRefusal(400, `the parameter "${unknown}" of ${where}`);
  }

  /** The first value of a parameter. */
  text(name: string): string | undefined {
    return this.params[name]?.[0];
  }

  /** Every value of a parameter, as sent. */
  all(name: string): string[] {
    return this.params[name] ?? [];
  }

  /** Every value of a parameter that may be repeated or separated by commas. */
  list(name: string): string[] {
    return this.all(name)
      .flatMap(value => value.split(','))
      .filter(value => value !== '');
  }

  /** @throws Refusal 400 when the value is not a boolean */
  flag(name: string, byDefault = false): boolean {
    const text = this.text(name);
    if (text === undefined || text === '') return byDefault;
    if (text === 'true' || text === 'false') return text === 'true';
    throw new Refusal(400, {
      message: `Value "${text}" is not valid for parameter ${name}. It should be of type boolean`,
    });
  }

  /** A whole number. @throws Refusal 400 when the value is not valid */
  integer(name: string, byDefault: number): number {
    const text = this.text(name);
    if (text === undefined || text === '') return byDefault;
    if (/^-?\d+$/.test(text)) return Number(text);
    throw new Refusal(400, {
      message: `Value "${text}" is not valid for parameter ${name}. It should be of type int`,
    });
  }

  /** A whole number above zero. @throws Refusal 400 when the value is not valid */
  count(name: string, byDefault: number): number {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Refusal(400, {
      message: `Value "${text}" is not valid for parameter ${name}. It should be of type int`,
    });
  }
}
