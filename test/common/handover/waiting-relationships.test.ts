import { expect, it } from 'vitest';
import {
  readStoredRelationships,
  toStoredRelationships,
} from '#common/handover/waiting-relationships.js';

const RELATIONSHIPS = [
  { id: 'Relation001', type: 'TypeOfRel01', from: 'Person00001', to: 'Person00002' },
  {
    id: 'Relation002',
    type: 'TypeOfRel01',
    from: 'Person00003',
    to: 'Person00001',
    createdAt: '2026-07-07',
  },
];

it('waiting relationships are read as they were stored', () => {
  const stored = toStoredRelationships(RELATIONSHIPS);
  expect(readStoredRelationships(stored)).toEqual(RELATIONSHIPS);
  expect(stored.length).toBeLessThan(0.6 * JSON.stringify(RELATIONSHIPS).length);
});

it('waiting relationships of states of earlier versions are a list', () => {
  expect(readStoredRelationships(RELATIONSHIPS)).toEqual(RELATIONSHIPS);
});

it('no relationships are no text, or nothing', () => {
  expect(readStoredRelationships(toStoredRelationships([]))).toEqual([]);
  expect(readStoredRelationships(undefined)).toEqual([]);
});
