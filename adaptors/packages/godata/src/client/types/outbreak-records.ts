import type { Address, GeoPoint, QuestionnaireAnswers } from './parts.js';
import type { CaseRecord, ContactOfContactRecord, ContactRecord } from './people.js';
import type { Stored } from './stored.js';

/** An exposure between two people. The server sets direction and types (godata FACTS §2.3). */
export interface RelationshipRecord extends Stored {
  outbreakId?: string;
  /** To create a relationship, give only the other person. */
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

/** A follow-up of a person. In lists the person is in `contact` (FACTS §2.4). */
export interface FollowUpRecord extends Stored {
  outbreakId?: string;
  personId?: string;
  /** The kind of the person when the follow-up was created. */
  createdAs?: string;
  /** In lists: the person, of any kind. */
  contact?: CaseRecord | ContactRecord | ContactOfContactRecord;
  date?: string | null;
  statusId?: string | null;
  /** Day of the follow-up window. The server computes it. */
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

/** A lab result of a person. */
export interface LabResultRecord extends Stored {
  outbreakId?: string;
  personId?: string;
  personType?: string;
  /** Present in the list of an outbreak. */
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

/** A cluster of exposures. Relationships can name it. */
export interface ClusterRecord extends Stored {
  name: string;
  description?: string | null;
  icon?: string | null;
  colorCode?: string | null;
}
