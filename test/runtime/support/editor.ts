import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** TypeScript's language server, which editors show JavaScript with. */
export interface Editor {
  /** Opens a file with a given text, as it is while a user types. */
  open(file: string, text: string): void;
  /** Errors of an open file, each as `line: message`. */
  errors(file: string): Promise<string[]>;
  /** Names that are offered at a position; line and column count from 1. */
  completions(file: string, line: number, offset: number): Promise<string[]>;
  /** The description of the name at a position. */
  hover(file: string, line: number, offset: number): Promise<string>;
}

interface Answer {
  type: string;
  request_seq: number;
  // biome-ignore lint/suspicious/noExplicitAny: each command has an answer of its own
  body?: any;
}

/** Starts an editor's language server, and ends it with the test. */
export function startEditor(): Editor {
  const require = createRequire(import.meta.url);
  const server = path.join(path.dirname(require.resolve('typescript')), 'tsserver.js');
  const child = spawn(process.execPath, [server, '--disableAutomaticTypingAcquisition']);
  onTestFinished(() => void child.kill());
  const waiting = new Map<number, (body: Answer['body']) => void>();
  let read = Buffer.alloc(0);
  let sequence = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]);
    for (;;) {
      const head = /Content-Length: (\d+)\r?\n\r?\n/.exec(read.toString('latin1'));
      const start = head ? head.index + head[0].length : 0;
      const end = start + Number(head?.[1]);
      if (!head || read.length < end) return;
      const answer = JSON.parse(read.subarray(start, end).toString('utf8')) as Answer;
      read = read.subarray(end);
      if (answer.type === 'response') waiting.get(answer.request_seq)?.(answer.body);
    }
  });
  const send = (command: string, values: object) => {
    sequence += 1;
    const request = { seq: sequence, type: 'request', command, arguments: values };
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return sequence;
  };
  const ask = (command: string, values: object) =>
    new Promise<Answer['body']>(resolve => waiting.set(send(command, values), resolve));
  return {
    open: (file, text) => void send('open', { file, fileContent: text, scriptKindName: 'JS' }),
    async errors(file) {
      const found = await ask('semanticDiagnosticsSync', { file });
      return found.map(
        ({ start, text }: { start: { line: number }; text: string }) => `${start.line}: ${text}`,
      );
    },
    async completions(file, line, offset) {
      const { entries } = await ask('completionInfo', { file, line, offset });
      return entries.map(({ name }: { name: string }) => name);
    },
    async hover(file, line, offset) {
      const { displayString, documentation } = await ask('quickinfo', { file, line, offset });
      return `${displayString}\n${documentation}`;
    },
  };
}
