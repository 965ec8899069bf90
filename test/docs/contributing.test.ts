import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';
import { rowsIn } from './support/pages.js';

describe('the map in CONTRIBUTING.md', () => {
  const text = readFileSync(path.join(PROJECT, 'CONTRIBUTING.md'), 'utf8');

  it('names rooms that exist', () => {
    const rooms = rowsIn(text).flatMap(
      ([, room]) => room!.match(/(?<=`)[\w-][\w./-]*\/(?=`)/g) ?? [],
    );
    expect(rooms.length).toBeGreaterThan(20);
    expect(rooms.filter(room => !existsSync(path.join(PROJECT, room)))).toEqual([]);
  });

  it('names files that exist', () => {
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
