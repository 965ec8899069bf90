import { dot } from '@observablehq/plot';
import type { Place } from '#runtime/record/figures/places.js';
import { legend, picture } from '../chart.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';

const ALL = '#0067a5';
const SOME = '#e0a030';
const FEW = '#c0392b';

/** The places of a point, together. */
interface Spot {
  lat: number;
  lng: number;
  name: string;
  count: number;
  placed: number;
}

/** Places without coordinates of their own are counted at the nearest one above them. */
function toSpots(places: readonly Place[]): Spot[] {
  const spots = new Map<string, Spot>();
  for (const { name, point, count, placed } of places) {
    if (!point) continue;
    const key = `${point.lat} ${point.lng}`;
    const spot = spots.get(key) ?? { ...point, name, count: 0, placed: 0 };
    spots.set(key, spot);
    spot.count += count;
    spot.placed += placed;
  }
  return [...spots.values()].sort((a, b) => b.count - a.count);
}

function colourOf({ count, placed }: Spot): string {
  if (placed === count) return ALL;
  return placed * 2 >= count ? SOME : FEW;
}

/** Where the counts are, and where they do not reach an org unit. */
export function mapSections({ report }: PageData, language: Language): HTMLElement[] {
  const places = report.figures?.places?.list ?? [];
  if (places.length === 0) return [];
  const { texts, number } = language;
  const spots = toSpots(places);
  const without = places.filter(({ point }) => !point).length;
  const things = texts.things[report.figures!.places!.things] ?? report.figures!.places!.things;
  const title = `${texts.map}${texts.colon}${things}`;
  const rows = places.map(({ id, name, count, placed }) => [
    name,
    id,
    count,
    placed,
    count - placed,
  ]);
  return [
    section(
      'map',
      title,
      element('p', {}, fill(texts.mapNote, { things })),
      spots.length > 0 && element('figure', {}, drawMap(title, spots), legend(colours(language))),
      without > 0 && element('p', {}, fill(texts.noPoint, { n: number(without) })),
      element(
        'details',
        {},
        element('summary', {}, texts.table),
        table(language, title, [texts.place, 'id', things, texts.placed, texts.missing], rows),
      ),
    ),
  ];
}

function colours({ texts }: Language) {
  return [
    { colour: ALL, text: texts.allPlaced },
    { colour: SOME, text: texts.somePlaced },
    { colour: FEW, text: texts.fewPlaced },
  ];
}

function drawMap(title: string, spots: readonly Spot[]): SVGElement {
  const domain = {
    type: 'MultiPoint' as const,
    coordinates: spots.map(({ lng, lat }) => [lng, lat]),
  };
  const at = { x: 'lng', y: 'lat', r: 'count' };
  return picture(title, {
    height: 420,
    // One point alone has no extent.
    ...(spots.length > 1 ? { projection: { type: 'equirectangular', domain, inset: 24 } } : {}),
    ...(spots.length > 1 ? {} : { x: { axis: null }, y: { axis: null } }),
    r: { range: [3, 22] },
    marks: [
      dot(spots, {
        ...at,
        fill: colourOf,
        fillOpacity: 0.75,
        stroke: 'white',
        title: (spot: Spot) => spot.name,
      }),
      dot(
        spots.filter(({ count, placed }) => placed < count),
        { ...at, stroke: '#1a1a1a', strokeWidth: 2.5 },
      ),
    ],
  });
}
