import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

describe('the map in CONTRIBUTING.md', () => {
  it('names files that exist', () => {
    const text = readFileSync(path.join(PROJECT, 'CONTRIBUTING.md'), 'utf8');
    const files = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|js))`/g)].map(
      match => match[1]!,
    );
    expect(files.length).toBeGreaterThan(20);
    const places = ['', 'adaptors/packages'];
    const isThere = (file: string) =>
      places.some(place => existsSync(path.join(PROJECT, place, file)));
    expect(files.filter(file => !isThere(file))).toEqual([]);
  });
});
