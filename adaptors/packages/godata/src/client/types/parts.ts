/** Parts of records. The server checks hardly any of them (godata FACTS §4, §5.1). */

export interface GeoPoint {
  lat: number;
  lng: number;
}

export interface Address {
  /** Exactly one of a person's addresses is the usual place of residence (FACTS §5.4). */
  typeId?: string;
  country?: string | null;
  city?: string | null;
  addressLine1?: string | null;
  postalCode?: string | null;
  locationId?: string | null;
  geoLocation?: GeoPoint | null;
  geoLocationAccurate?: boolean;
  /** Required for a previous place of residence. */
  date?: string | null;
  phoneNumber?: string | null;
  emailAddress?: string | null;
}

export interface Age {
  years?: number | null;
  months?: number | null;
}

/** An identity document. The type EXTERNAL_ID is for the id in another system (FACTS §5.2). */
export interface IdentityDocument {
  type?: string | null;
  number?: string | null;
}

/** A period of hospitalisation, isolation... */
export interface DateRange {
  typeId?: string;
  startDate?: string | null;
  endDate?: string | null;
  centerName?: string | null;
  locationId?: string | null;
  comments?: string | null;
}

export interface Vaccine {
  vaccine?: string | null;
  date?: string | null;
  status?: string | null;
}

/** Answers by the variable of the question. A write replaces all answers (FACTS §4, notes). */
export type QuestionnaireAnswers = Record<string, { value?: unknown; date?: string | null }[]>;

/** The follow-up window. The server computes it from the last contact or the onset. */
export interface FollowUpWindow {
  originalStartDate?: string | null;
  startDate?: string | null;
  endDate?: string | null;
  status?: string | null;
  generateFollowUpsDateOfLastContact?: boolean;
  generateFollowUpsDateOfOnset?: boolean;
}

export interface HistoryItem {
  startDate: string;
  endDate?: string | null;
}

/** A relationship as the record of each of its two people shows it. */
export interface RelationshipSummary {
  id: string;
  active?: boolean;
  otherParticipantType: string;
  otherParticipantId: string;
  source?: boolean;
  target?: boolean;
}
