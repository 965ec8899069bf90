import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { representativePoint } from '#dhis2/org-units/geometry/representative-point.js';
import { readShape } from '#dhis2/org-units/geometry/shape.js';
import { isIn, type Polygon } from '../../support/polygons.js';

const pointOf = (coordinates: unknown) => {
  const shape = readShape({ geometry: { type: 'any', coordinates } });
  if (!shape || shape === 'broken') throw new Error(`The shape is ${shape}.`);
  return representativePoint(shape);
};

const wrap = (lng: number) => ((((lng + 180) % 360) + 360) % 360) - 180;

/** A star of any shape: its centre is often outside, between two rays. */
const anyStar = fc
  .record({
    radii: fc.array(fc.double({ min: 0.05, max: 4, noNaN: true }), { minLength: 3, maxLength: 24 }),
    east: fc.integer({ min: -20, max: 20 }),
    north: fc.integer({ min: -60, max: 60 }),
    hole: fc.option(fc.double({ min: 0.2, max: 0.9, noNaN: true })),
  })
  .map(({ radii, east, north, hole }): Polygon => {
    const ring = (factor: number): Polygon[number] =>
      [...radii, radii[0]!].map((radius, index) => {
        const angle = ((index % radii.length) / radii.length) * 2 * Math.PI;
        return [
          east + factor * radius * Math.cos(angle),
          north + factor * radius * Math.sin(angle),
        ];
      });
    return hole === null ? [ring(1)] : [ring(1), ring(hole)];
  });

describe('the representative point of a shape', () => {
  it.each([
    [
      'of a square is its centre',
      [
        [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
          [0, 0],
        ],
      ],
      1,
      1,
    ],
    [
      'of two islands is weighted by their areas',
      [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
            [0, 0],
          ],
        ],
        [
          [
            [1, 0],
            [4, 0],
            [4, 3],
            [1, 3],
            [1, 0],
          ],
        ],
      ],
      (0.5 * 1 + 1.5 * 9) / 10,
      (0.5 * 1 + 2.5 * 9) / 10,
    ],
    [
      'excludes the area of a hole',
      [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 4],
          [0, 0],
        ],
        [
          [2, 1],
          [3.5, 1],
          [3.5, 3],
          [2, 3],
          [2, 1],
        ],
      ],
      2,
      (2 * 16 - 2.75 * 3) / 13,
    ],
    ['of a single position is that position', [[[7, -3]]], -3, 7],
    [
      'of a line is a position of the line',
      [
        [
          [0, 0],
          [5, 5.1],
          [7, 2.2],
          [5, 5.1],
          [0, 0],
        ],
      ],
      5.1,
      5,
    ],
    [
      'of a repeated position is that position',
      [
        [
          [7, 7],
          [7, 7],
          [7, 7],
        ],
      ],
      7,
      7,
    ],
    [
      'of islands on both sides of the date line is between them, or on one',
      [
        [
          [
            [179, -17],
            [180, -17],
            [180, -16],
            [179, -16],
            [179, -17],
          ],
        ],
        [
          [
            [-180, -17],
            [-179, -17],
            [-179, -16],
            [-180, -16],
            [-180, -17],
          ],
        ],
      ],
      -16.5,
      180,
    ],
    [
      'of one island across the date line is on the island',
      [
        [
          [178, -17],
          [-179, -17],
          [-179, -16],
          [178, -16],
          [178, -17],
        ],
      ],
      -16.5,
      179.5,
    ],
  ])('%s', (_, coordinates, lat, lng) => {
    const point = pointOf(coordinates);
    expect(point.lat).toBeCloseTo(lat, 5);
    expect(Math.abs(point.lng)).toBeCloseTo(lng, 5);
  });

  it.each<[string, Polygon]>([
    [
      'a C, whose centre is outside',
      [
        [
          [0, 0],
          [10, 0],
          [10, 1],
          [1, 1],
          [1, 9],
          [10, 9],
          [10, 10],
          [0, 10],
          [0, 0],
        ],
      ],
    ],
    [
      'a ring, whose centre is its hole',
      [
        [
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 10],
          [0, 0],
        ],
        [
          [1, 1],
          [9, 1],
          [9, 9],
          [1, 9],
          [1, 1],
        ],
      ],
    ],
    [
      'a ribbon around a corner, 10 m wide and 500 km long',
      [
        [
          [0, 0],
          [5, 0],
          [5, 5],
          [4.9999, 5],
          [4.9999, 0.0001],
          [0, 0.0001],
          [0, 0],
        ],
      ],
    ],
    [
      'a ribbon as narrow as the last digit of a coordinate',
      [
        [
          [0, 0],
          [5, 0],
          [5, 5],
          [4.999999, 5],
          [4.999999, 0.000002],
          [0, 0.000002],
          [0, 0],
        ],
      ],
    ],
    [
      'two triangles that cross',
      [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [0, 0],
        ],
      ],
    ],
  ])('is inside %s', (_, polygon) => {
    const point = pointOf(polygon);
    expect(isIn(polygon, point)).toBe(true);
    expect(polygon.flat()).not.toContainEqual([point.lng, point.lat]);
  });

  it('is inside every star', () => {
    fc.assert(
      fc.property(anyStar, polygon => {
        expect(isIn(polygon, pointOf(polygon))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is inside one of several stars', () => {
    fc.assert(
      fc.property(fc.array(anyStar, { minLength: 2, maxLength: 4 }), polygons => {
        const point = pointOf(polygons);
        expect(polygons.some(polygon => isIn(polygon, point))).toBe(true);
      }),
    );
  });

  it('is inside them anywhere on earth, across the date line too', () => {
    fc.assert(
      fc.property(
        fc.array(anyStar, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: -180, max: 180 }),
        (polygons, degrees) => {
          const moved = polygons.map(polygon =>
            polygon.map(ring => ring.map(([lng, lat]) => [wrap(lng + degrees), lat])),
          );
          const { lng, lat } = pointOf(moved);
          expect(Math.abs(lng)).toBeLessThanOrEqual(180);
          const back = { lng: wrap(lng - degrees), lat };
          expect(polygons.some(polygon => isIn(polygon, back))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a geometry', () => {
  it.each([
    [{ geometry: { type: 'Point', coordinates: [-6.55, 33.29] } }, { lat: 33.29, lng: -6.55 }],
    [
      { coordinates: '[-6.55,33.29]', featureType: 'POINT' },
      { lat: 33.29, lng: -6.55 },
    ],
    [
      { coordinates: [-6, 33], featureType: 'POINT' },
      { lat: 33, lng: -6 },
    ],
    [
      { coordinates: '[[[[0,0],[2,0],[2,2],[0,2],[0,0]]]]', featureType: 'POLYGON' },
      { lat: 1, lng: 1 },
    ],
    [{ geometry: { type: 'Point', coordinates: [1, 2, 300] } }, { lat: 2, lng: 1 }],
    [
      { geometry: { type: 'Point', coordinates: [1, 2] }, coordinates: '[8,9]' },
      { lat: 2, lng: 1 },
    ],
  ])('%j is read', (source, point) => {
    expect(representativePoint(readShape(source) as never)).toEqual(point);
  });

  it.each([
    {},
    { geometry: null },
    { coordinates: '' },
    { coordinates: null, featureType: 'NONE' },
  ])('%j has no shape', source => {
    expect(readShape(source)).toBeUndefined();
  });

  it.each([
    { geometry: {} },
    { geometry: 'POINT(1 2)' },
    { geometry: { type: 'Point', coordinates: [] } },
    { geometry: { type: 'Point', coordinates: [200, 10] } },
    { geometry: { type: 'Point', coordinates: [10, 95] } },
    { geometry: { type: 'Point', coordinates: ['1', '2'] } },
    { geometry: { type: 'Point', coordinates: [Number.NaN, 2] } },
    { geometry: { type: 'Polygon', coordinates: [] } },
    { geometry: { type: 'Polygon', coordinates: [[]] } },
    { geometry: { type: 'Polygon', coordinates: [[[0, 0], [1], [1, 1]]] } },
    {
      geometry: {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    },
    { geometry: { type: 'GeometryCollection', geometries: [] } },
    { coordinates: '-6.55,33.29' },
    { coordinates: '[-6.55;33.29]' },
    { coordinates: 'null' },
  ])('%j is broken', source => {
    expect(readShape(source)).toBe('broken');
  });
});
