/** GeoJSON, longitude first (dhis2 FACTS §3). */
export interface PointGeometry {
  type: 'Point';
  coordinates: [lng: number, lat: number];
}

/** Properties of an org unit that a plan changes. null removes one. */
export interface OrgUnitChanges {
  name?: string;
  shortName?: string;
  code?: string | null;
  /** UID; null moves it to the top. */
  parent?: string | null;
  /** `yyyy-MM-dd` */
  closedDate?: string | null;
  geometry?: PointGeometry;
}

/** An org unit to create. */
export interface NewOrgUnit {
  id: string;
  name: string;
  shortName: string;
  code?: string;
  openingDate: string;
  closedDate?: string;
  parent?: { id: string };
  geometry?: PointGeometry;
}
