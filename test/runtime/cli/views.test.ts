import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveView } from '#runtime/cli/progress/live-view.js';
import { createPlainView } from '#runtime/cli/progress/plain-view.js';
import type { RunEvent } from '#runtime/index.js';

const log = (line: string, rest: Partial<RunEvent> = {}): RunEvent =>
  ({ type: 'log', source: 'adaptor', level: 'info', line, ...rest }) as RunEvent;

function createScreen() {
  const texts: string[] = [];
  return { texts, columns: 60, write: (text: string) => texts.push(text) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('plain lines', () => {
  it('show progress at most every two seconds, and always the last step of it', () => {
    const screen = createScreen();
    const view = createPlainView(screen, false);
    view.show({ type: 'step-start', step: 'read' });
    for (let done = 1; done <= 40; done += 1) {
      view.show(log(`progress: cases ${done} of 40`));
      vi.advanceTimersByTime(100);
    }
    view.show({ type: 'step-complete', step: 'read', seconds: 4, stateBytes: 1, state: {} });
    expect(screen.texts.join('')).toBe(
      'read: started\nread: cases 1 of 40\nread: cases 21 of 40\nread: cases 40 of 40\nread: done in 4.0 s\n',
    );
  });

  it('show warnings and what jobs log, and the rest only on request', () => {
    const lines = (verbose: boolean) => {
      const screen = createScreen();
      const view = createPlainView(screen, verbose);
      view.show(log('from a job', { source: 'job' }));
      view.show(log('a request'));
      view.show(log('slow', { level: 'warn' }));
      view.show({ type: 'engine', line: 'loading' });
      return screen.texts;
    };
    expect(lines(false)).toEqual(['from a job\n', 'Warning: slow\n']);
    expect(lines(true)).toEqual([
      'from a job\n',
      'a request\n',
      'Warning: slow\n',
      'engine: loading\n',
    ]);
  });
});

describe('the live line', () => {
  it('draws a bar, keeps log lines above it and ends with one line for each step', () => {
    const screen = createScreen();
    const view = createLiveView(screen, false);
    view.show({ type: 'step-start', step: 'read' });
    view.show(log('progress: cases 1000 of 2000'));
    vi.advanceTimersByTime(100);
    expect(screen.texts.at(-1)).toBe(
      `\r\x1b[2K◐  read  ${'━'.repeat(12)}${'─'.repeat(12)} 1,000 of 2,000 cases`,
    );
    view.show(log('slow', { level: 'warn' }));
    expect(screen.texts.at(-2)).toBe('\r\x1b[2K│  Warning: slow\n');
    view.show({ type: 'step-complete', step: 'read', seconds: 1.2, stateBytes: 1, state: {} });
    expect(screen.texts.at(-1)).toBe(
      `\r\x1b[2K◆  read  ${'━'.repeat(12)}${'─'.repeat(12)} 1,000 of 2,000 cases  1.2 s\n`,
    );
    view.close();
    const count = screen.texts.length;
    vi.advanceTimersByTime(1000);
    expect(screen.texts).toHaveLength(count);
  });

  it('is never wider than the screen', () => {
    const screen = createScreen();
    const view = createLiveView(screen, false);
    view.show({ type: 'step-start', step: 'a'.repeat(200) });
    expect(screen.texts.at(-1)!.length).toBeLessThanOrEqual('\r\x1b[2K'.length + 59);
    view.close();
  });
});
