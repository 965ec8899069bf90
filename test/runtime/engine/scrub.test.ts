import { describe, expect, it } from 'vitest';
import { scrubUrls } from '#runtime/engine/scrub.js';

describe('scrubbing of URLs', () => {
  it.each([
    ['GET https://a.org/api/cases?access_token=x failed', 'GET https://a.org/api/cases?... failed'],
    ['GET /api/cases?access_token=x - 200', 'GET /api/cases?... - 200'],
    ['at https://user:secret@a.org/x', 'at https://a.org/x'],
    ['is it /api/cases? yes', 'is it /api/cases? yes'],
    ['/api/cases?access_token=x', '/api/cases?...'],
    ['GET\n/api/cases?access_token=x', 'GET\n/api/cases?...'],
    ['"/api/cases?access_token=x" failed', '"/api/cases?..." failed'],
    ['at https://user:p@ss@a.org/x@y', 'at https://a.org/x@y'],
    ['nothing to do', 'nothing to do'],
  ])('%s', (text, scrubbed) => {
    expect(scrubUrls(text)).toBe(scrubbed);
  });

  it.each(['a.', 'a://', '(/', '?a', '#?', 'a://@', '/?'])(
    'ends also for a megabyte of %s',
    piece => {
      const text = piece.repeat(1_000_000 / piece.length);
      expect(scrubUrls(text).length).toBeLessThanOrEqual(text.length + 3);
    },
  );
});
