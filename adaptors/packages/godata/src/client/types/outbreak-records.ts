import type { Address, GeoPoint, QuestionnaireAnswers } from './parts.js';
import type { CaseRecord, ContactOfContactRecord, ContactRecord } from './people.js';
import type { Stored } from './stored.js';

/** An exposure between two people; direction and types are the server's (godata FACTS §2.3). */
export interface RelationshipRecord extends Stored {
  outbreakId?: string;
  /** To create one, the other person alone. */
  persons: { id: string; type?: string; source?: boolean; target?: boolean }[];
  contactDate?: string | null;
  contactDateEstimated?: boolean;
  dateOfFirstContact?: string | null;
  certaintyLevelId?: string | null;
  exposureTypeId?: string | null;
  exposureFrequencyId?: string | null;
  exposureDurationId?: string | null;
  socialRelationshipTypeId?: string | null;
  socialRelationshipDetail?: string | null;
  clusterId?: string | null;
  comment?: string | null;
  active?: boolean;
  deletedByParent?: string | null;
}

/** A follow-up of a person; lists carry the person in `contact` (FACTS §2.4). */
export interface FollowUpRecord extends Stored {
  outbreakId?: string;
  personId?: string;
  /** The kind of person at that time. */
  createdAs?: string;
  /** In lists: the person, whatever its kind. */
  contact?: CaseRecord | ContactRecord | ContactOfContactRecord;
  date?: string | null;
  statusId?: string | null;
  /** Day of the follow-up window, computed. */
  index?: number;
  targeted?: boolean;
  teamId?: string | null;
  comment?: string | null;
  address?: Address | null;
  fillLocation?: { geoLocation?: GeoPoint | null } | null;
  usualPlaceOfResidenceLocationId?: string | null;
  responsibleUserId?: string | null;
  questionnaireAnswers?: QuestionnaireAnswers | null;
  deletedByParent?: string | null;
}

/** A laboratory result of a person. */
export interface LabResultRecord extends Stored {
  outbreakId?: string;
  personId?: string;
  personType?: string;
  /** In the list of an outbreak. */
  person?: CaseRecord | ContactRecord | ContactOfContactRecord;
  sampleIdentifier?: string | null;
  sampleType?: string | null;
  testType?: string | null;
  testedFor?: string | null;
  labName?: string | null;
  dateSampleTaken?: string | null;
  dateSampleDelivered?: string | null;
  dateTesting?: string | null;
  dateOfResult?: string | null;
  result?: string | null;
  quantitativeResult?: string | null;
  status?: string | null;
  notes?: string | null;
  sequence?: {
    hasSequence?: boolean;
    noSequenceReason?: string | null;
    dateSampleSent?: string | null;
    labId?: string | null;
    dateResult?: string | null;
    resultId?: string | null;
  } | null;
  questionnaireAnswers?: QuestionnaireAnswers | null;
  deletedByParent?: string | null;
}

/** A cluster that relationships can name. */
export interface ClusterRecord extends Stored {
  name: string;
  description?: string | null;
  icon?: string | null;
  colorCode?: string | null;
}
