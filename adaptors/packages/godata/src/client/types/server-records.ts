import type { GeoPoint } from './parts.js';
import type { Stored } from './stored.js';

/** An outbreak (godata FACTS §4). */
export interface OutbreakRecord extends Stored {
  name: string;
  description?: string | null;
  disease?: string | null;
  countries?: { id: string }[];
  locationIds?: string[];
  startDate?: string | null;
  endDate?: string | null;
  longPeriodsBetweenCaseOnset?: number;
  periodOfFollowup?: number;
  frequencyOfFollowUp?: number;
  frequencyOfFollowUpPerDay?: number;
  intervalOfFollowUp?: string | null;
  generateFollowUpsOverwriteExisting?: boolean;
  generateFollowUpsKeepTeamAssignment?: boolean;
  generateFollowUpsTeamAssignmentAlgorithm?: string;
  generateFollowUpsDateOfLastContact?: boolean;
  generateFollowUpsWhenCreatingContacts?: boolean;
  /** Follow-ups of cases, since 2.49. */
  allowCasesFollowUp?: boolean;
  periodOfFollowupCases?: number;
  frequencyOfFollowUpCases?: number;
  frequencyOfFollowUpPerDayCases?: number;
  intervalOfFollowUpCases?: string | null;
  generateFollowUpsKeepTeamAssignmentCases?: boolean;
  generateFollowUpsTeamAssignmentAlgorithmCases?: string;
  generateFollowUpsDateOfOnset?: boolean;
  generateFollowUpsWhenCreatingCases?: boolean;
  noDaysAmongContacts?: number;
  noDaysInChains?: number;
  noDaysNotSeen?: number;
  noLessContacts?: number;
  noDaysNewContacts?: number;
  /** `9` is a digit that the server assigns, `*` is any text (FACTS §5.2). */
  caseIdMask?: string;
  contactIdMask?: string;
  contactOfContactIdMask?: string;
  eventIdMask?: string;
  caseInvestigationTemplate?: Question[];
  contactInvestigationTemplate?: Question[];
  eventInvestigationTemplate?: Question[];
  caseFollowUpTemplate?: Question[];
  contactFollowUpTemplate?: Question[];
  labResultsTemplate?: Question[];
  reportingGeographicalLevelId?: string | null;
  isContactLabResultsActive?: boolean;
  isContactsOfContactsActive?: boolean;
  applyGeographicRestrictions?: boolean;
  checkLastContactDateAgainstDateOnSet?: boolean;
  disableModifyingLegacyQuestionnaire?: boolean;
  fieldsToDisplayNode?: string[];
  arcGisServers?: Record<string, unknown>[];
  /** The reference data available in the outbreak, since 2.47. */
  allowedRefDataItems?: Record<string, unknown>;
  /** Fields that the user interface shows and requires, since 2.49. */
  visibleAndMandatoryFields?: Record<string, unknown>;
}

/** A question of a questionnaire. */
export interface Question {
  variable: string;
  text: string;
  category?: string;
  answerType: string;
  answersDisplay?: string;
  order?: number;
  required?: boolean;
  inactive?: boolean;
  multiAnswer?: boolean;
  answers?: { label: string; value: string; alert?: boolean; additionalQuestions?: Question[] }[];
}

/** A location of the location tree. */
export interface LocationRecord extends Stored {
  name: string;
  synonyms?: string[];
  identifiers?: { code?: string; description?: string }[];
  active?: boolean;
  populationDensity?: number | null;
  /** Null for a root. */
  parentLocationId?: string | null;
  geoLocation?: GeoPoint | null;
  geographicalLevelId?: string | null;
}

/**
 * An item of a category. Its id is computed from category and value. `value` is a language token
 * (FACTS §2.7).
 */
export interface ReferenceDataRecord extends Stored {
  categoryId: string;
  value: string;
  description?: string | null;
  code?: string | null;
  active?: boolean;
  readOnly?: boolean;
  order?: number | null;
  colorCode?: string | null;
  iconId?: string | null;
  geoLocation?: GeoPoint | null;
  isDefaultReferenceData?: boolean;
  isOutbreakTemplateReferenceData?: boolean;
  isSystemWide?: boolean;
}

/** A team that follows up contacts. */
export interface TeamRecord extends Stored {
  name: string;
  userIds: string[];
  locationIds?: string[];
}

/** A user account. */
export interface UserRecord extends Stored {
  email?: string;
  firstName?: string;
  lastName?: string;
  roleIds?: string[];
  /** Outbreaks that the account may see. Empty or absent: all outbreaks. */
  outbreakIds?: string[];
  /** The only outbreak to which the account can write (FACTS §1.6). */
  activeOutbreakId?: string | null;
  languageId?: string;
  institutionName?: string | null;
  telephoneNumbers?: Record<string, string> | null;
  disregardGeographicRestrictions?: boolean;
  lastLogin?: string | null;
}

/** A language of the user interface and of labels. */
export interface LanguageRecord extends Stored {
  name: string;
  readOnly?: boolean;
}

/** The label of a token in one language. */
export interface LanguageToken {
  token: string;
  translation: string;
}
