import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { describe, expect, it } from 'vitest';
import { compile, errorOf } from '../support/compile.js';

describe('source text', () => {
  it('is unchanged with comments, and a hashbang becomes a comment', () => {
    const { code } = compile('#!/usr/bin/env node\n// why\n/** doc */\nconst a = 1;\nfn(a);');
    expect(code).toContain('///usr/bin/env node\n// why\n/** doc */\nconst a = 1;');
  });

  it('can be located through the source map, token by token', () => {
    const source = "const a = 1;\nfn(\n  $.some\n);\nget('x').catch(handler).then(next);\n";
    const { code, map } = compile(source);
    const traced = new TraceMap({ ...map!, version: 3 });
    const lines = code.split('\n');
    for (const token of ['fn(', 'some', 'handler', 'next', "'x'", 'const a']) {
      const line = lines.findIndex(text => text.includes(token) && !text.startsWith('import'));
      const found = originalPositionFor(traced, {
        line: line + 1,
        column: lines[line]!.indexOf(token),
      });
      const original = source.split('\n')[found.line! - 1]!.slice(found.column!);
      expect(original.slice(0, token.length)).toBe(token);
    }
    expect(map!.sources).toEqual(['a.js']);
  });
});

describe('a syntax error', () => {
  it('names file, line and column and shows the line with a caret', () => {
    const error = errorOf('fn(a);\n\tget(a b);');
    expect(error).toMatchObject({
      code: 'JOB_SYNTAX',
      kind: 'configuration',
      details: { file: 'jobs/a.js', line: 2, column: 8 },
    });
    expect(error.message).toBe(
      'jobs/a.js:2:8: Unexpected token\n  2 | \tget(a b);\n    | \t      ^',
    );
  });

  it.each([
    'const a: string = 1;',
    'interface A {}',
    'fn(<div />)',
    'fn(x as any)',
    "import type { A } from 'a';",
  ])('is reported for TypeScript and JSX: %s', source => {
    expect(errorOf(source).code).toBe('JOB_SYNTAX');
  });
});
