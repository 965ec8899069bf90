import type { CodedValue } from '../handover/mapped-tracked-entity-batch.js';
import type { Codes } from './codes.js';
import type {
  EventView,
  RecordReader,
  TrackedEntityView,
  TrackedRelationshipView,
} from './views.js';
import type { FieldName, LabResultField, RelationshipField } from './writable.js';

/**
 * Finds the item of an option code in a table; null if it has none. A code that is not in the table
 * is counted in the report.
 */
export type ItemOf = (codes: Codes, code: string | null | undefined) => string | null;

/**
 * Finds the option code of an item in a table. Null for no item: the value is cleared. An item
 * without an option gives undefined: DHIS2 keeps its own value; unless the table says that there is
 * none, it is counted in the report.
 */
export type OptionOf = (codes: Codes, item: unknown) => CodedValue | string | undefined;

interface Context {
  /** Finds the item of Go.Data for an option code: `code(sexes, 'MALE')`. */
  code: ItemOf;
  /** The fields that the rows above have given. */
  // biome-ignore lint/suspicious/noExplicitAny: what a field holds depends on the data.
  fields: { readonly [Field in FieldName]?: any };
}

/** What `toGoData` gets in rows of cases and contacts. */
export interface PersonContext extends Context {
  /** The tracked entity. */
  person: TrackedEntityView;
}

/** What `toGoData` gets in rows of relationships. */
export interface RelationshipContext extends Context {
  /** The relationship of DHIS2. */
  relationship: TrackedRelationshipView;
  /** The exposed person; undefined when this person is not in the batch. */
  person: TrackedEntityView | undefined;
}

/** What `toGoData` gets in rows of lab results. */
export interface LabResultContext extends PersonContext {
  /** The event of the result. */
  result: EventView;
  /** The event of the request, if there is one. */
  request: EventView | undefined;
}

/** What `toGoData` gets in any row. */
export interface AnyContext
  extends Context,
    Partial<Pick<RelationshipContext, 'relationship' | 'person'>>,
    Partial<Pick<LabResultContext, 'result' | 'request'>> {}

/** What `toGoData` of a field gets. A few fields are of several kinds of records. */
export type ToGoDataContext<Field extends string> = Field extends 'active'
  ? AnyContext
  : Field extends 'questionnaireAnswers'
    ? AnyContext & PersonContext
    : Field extends LabResultField
      ? LabResultContext
      : Field extends RelationshipField
        ? RelationshipContext
        : PersonContext;

/** What `toDhis2` gets. */
export interface ToDhis2Context {
  /** The person, lab result or follow-up of Go.Data. */
  record: RecordReader;
  /** Finds the option code of an item: `code(sexes, status)`. */
  code: OptionOf;
}
