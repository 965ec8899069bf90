import type { Ref } from '../metadata/object-types.js';

export interface SeedUser extends Ref {
  username: string;
  password: string;
  authorities: string[];
  /** Where the user captures data: these units and all below. */
  organisationUnits: Ref[];
  /**
   * The org units below which the user may search for tracked entities. @default
   * `organisationUnits`
   */
  teiSearchOrganisationUnits?: Ref[];
  /** Personal access tokens of the user. */
  tokens?: (string | SeedToken)[];
  locked?: boolean;
  disabled?: boolean;
  /** When the account expires, an ISO 8601 instant. */
  accountExpiry?: string;
  firstName?: string;
  surname?: string;
  userRoles?: (Ref & { name: string })[];
  twoFactor?: boolean;
}

/** A personal access token that expires, or is limited to some requests. */
export interface SeedToken {
  key: string;
  /** When the token expires, an ISO 8601 instant. */
  expires?: string;
  /** HTTP methods that it may be used for; absent: all. */
  methods?: string[];
}
