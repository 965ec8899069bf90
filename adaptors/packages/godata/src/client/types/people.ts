import type {
  Address,
  Age,
  DateRange,
  FollowUpWindow,
  HistoryItem,
  IdentityDocument,
  QuestionnaireAnswers,
  RelationshipSummary,
  Vaccine,
} from './parts.js';
import type { Stored } from './stored.js';

/** The properties that cases, contacts, contacts of contacts and events share. */
interface Participant extends Stored {
  outbreakId?: string;
  /**
   * Unique in the outbreak. The server assigns its own where the outbreak's mask has digits (FACTS
   * §5.2).
   */
  visualId?: string | null;
  dateOfReporting?: string | null;
  isDateOfReportingApproximate?: boolean;
  dateOfLastContact?: string | null;
  followUpTeamId?: string | null;
  deletedByParent?: string | null;
  responsibleUserId?: string | null;
  /** The server computes this and the properties below. */
  hasRelationships?: boolean;
  relationshipsRepresentation?: RelationshipSummary[];
  numberOfExposures?: number;
  numberOfContacts?: number;
  notDuplicatesIds?: string[];
  mergedDuplicatesIds?: string[];
  usualPlaceOfResidenceLocationId?: string | null;
}

interface Person extends Participant {
  firstName?: string | null;
  middleName?: string | null;
  lastName?: string | null;
  dob?: string | null;
  age?: Age | null;
  gender?: string | null;
  occupation?: string | null;
  documents?: IdentityDocument[] | null;
  addresses?: Address[] | null;
  vaccinesReceived?: Vaccine[] | null;
  pregnancyStatus?: string | null;
  riskLevel?: string | null;
  riskReason?: string | null;
  outcomeId?: string | null;
  dateOfOutcome?: string | null;
  deathLocationId?: string | null;
  dateOfBurial?: string | null;
  safeBurial?: boolean;
  followUp?: FollowUpWindow | null;
  duplicateKeys?: { name?: string[]; document?: string[] };
}

/** A case (godata FACTS §4). */
export interface CaseRecord extends Person {
  classification?: string | null;
  classificationHistory?: ({ classification: string } & HistoryItem)[];
  dateOfOnset?: string | null;
  isDateOfOnsetApproximate?: boolean;
  dateOfInfection?: string | null;
  dateBecomeCase?: string | null;
  dateRanges?: DateRange[] | null;
  investigationStatus?: string | null;
  dateInvestigationCompleted?: string | null;
  transferRefused?: boolean;
  burialPlaceName?: string | null;
  burialLocationId?: string | null;
  wasContact?: boolean;
  wasContactOfContact?: boolean;
  questionnaireAnswers?: QuestionnaireAnswers | null;
  questionnaireAnswersContact?: QuestionnaireAnswers | null;
}

/** The properties that contacts and contacts of contacts share. */
interface Exposed extends Person {
  active?: boolean;
  wasCase?: boolean;
  followUpHistory?: ({ status: string } & HistoryItem)[];
}

/** A contact. Without a relationship a contact has no follow-up window (godata FACTS §5.5). */
export interface ContactRecord extends Exposed {
  dateBecomeContact?: string | null;
  transferRefused?: boolean;
  wasContactOfContact?: boolean;
  questionnaireAnswers?: QuestionnaireAnswers | null;
  questionnaireAnswersCase?: QuestionnaireAnswers | null;
}

/** A contact of a contact. */
export interface ContactOfContactRecord extends Exposed {
  dateBecomeContactOfContact?: string | null;
  wasContact?: boolean;
}

/** An event at which people were exposed. */
export interface EventRecord extends Participant {
  name?: string | null;
  description?: string | null;
  date?: string | null;
  dateApproximate?: boolean;
  endDate?: string | null;
  eventCategory?: string | null;
  address?: Address | null;
  questionnaireAnswers?: QuestionnaireAnswers | null;
}
