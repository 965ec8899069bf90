import { type Document, LineCounter, parseDocument, visit } from 'yaml';

/** Where a text stops being YAML; both count from 1. */
export interface YamlMistake {
  line: number;
  column: number;
}

/** Offset of the first alias whose anchor is missing: `password: *S3cret` without quotes is one. */
function findLostAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/**
 * Reads YAML, of which JSON is a part. The parser's messages quote the text, which may hold a
 * secret or personal data: only the place of an error is returned.
 */
export function parseYaml(text: string): { value: unknown } | YamlMistake {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const toPlace = (offset: number): YamlMistake => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake) return toPlace(mistake.pos[0]);
  try {
    return { value: document.toJS() };
  } catch {
    return toPlace(findLostAlias(document as unknown as Document));
  }
}
