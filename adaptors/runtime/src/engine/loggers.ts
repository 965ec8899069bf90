import { inspect } from 'node:util';
import type { Options } from '@openfn/runtime';
import type { EventListener, LogLevel } from './events.js';
import { scrubUrls } from './scrub.js';

type Logger = NonNullable<Options['logger']>;

/** One line of text, as `console.log` would print it. */
function formatArguments(values: unknown[]): string {
  const texts = values.map(value =>
    typeof value === 'string'
      ? value
      : inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY }),
  );
  return scrubUrls(texts.join(' '));
}

const LEVELS: Record<string, LogLevel> = {
  debug: 'debug',
  warn: 'warn',
  error: 'error',
  trace: 'debug',
};
const METHODS = ['log', 'info', 'success', 'always', 'print', 'debug', 'trace', 'warn', 'error'];

function createLogger(write: (level: LogLevel, line: string) => void): Logger {
  const timers = new Map<string, number>();
  const methods = METHODS.map(method => [
    method,
    (...values: unknown[]) => write(LEVELS[method] ?? 'info', formatArguments(values)),
  ]);
  return {
    ...Object.fromEntries(methods),
    break: () => {},
    confirm: async () => true,
    timer: (name: string) => {
      const start = timers.get(name);
      timers.delete(name);
      if (start !== undefined) return `${Date.now() - start}ms`;
      timers.set(name, Date.now());
      return undefined;
    },
  } as Logger;
}

/** `console` as a job sees it: every line becomes an event. The engine freezes the object that it gets. */
export function createJobLogger(listen: EventListener): Logger {
  return createLogger((level, line) => listen({ type: 'log', source: 'job', level, line }));
}

/** The engine's own log. */
export function createEngineLogger(listen: EventListener): Logger {
  return createLogger((_level, line) => listen({ type: 'engine', line }));
}

/**
 * Sends what adaptors write to the `console` of this process to a listener instead of stdout.
 * Adaptors run outside the engine's context, so this is the only place to catch their lines; a
 * command does it once, for its one run.
 */
export function routeConsole(listen: EventListener): void {
  const logger = createLogger((level, line) =>
    listen({ type: 'log', source: 'adaptor', level, line }),
  );
  for (const method of ['log', 'info', 'debug', 'trace', 'warn', 'error'] as const) {
    console[method] = logger[method].bind(logger);
  }
}
