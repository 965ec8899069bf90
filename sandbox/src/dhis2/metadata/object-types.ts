/** A reference to another object, as DHIS2 writes it inside an object. */
export interface Ref {
  id: string;
}

/**
 * The properties of every metadata object. Times are ISO 8601; without a zone they are the
 * server's.
 */
export interface MetadataObject extends Ref {
  code?: string;
  name: string;
  created?: string;
  lastUpdated?: string;
  /** Names of the users who may read the object; absent: all. Users with ALL always may. */
  readAccess?: string[];
  /** Names and descriptions in other languages. */
  translations?: Translation[];
  /** What it is for, and how forms call it; only some classes have them. */
  description?: string;
  formName?: string;
  /** Values of metadata attributes. */
  attributeValues?: MetadataAttributeValue[];
}

/** A property of an object in another language (recording 047). */
export interface Translation {
  /** `NAME`, `SHORT_NAME`, `FORM_NAME`, `DESCRIPTION`. */
  property: string;
  /** `fr`, `pt_BR`. */
  locale: string;
  value: string;
}

/** The value that an object has for a metadata attribute. */
export interface MetadataAttributeValue {
  attribute: Ref;
  value: string;
}

/** Metadata for which data is stored, so that it also has data sharing. */
export interface DataShared extends MetadataObject {
  /**
   * Names of the users who may read data; absent: all who may read the object. Users with ALL
   * always may.
   */
  readDataAccess?: string[];
  /** Names of the users who may write data; absent: all. Users with ALL always may. */
  writeAccess?: string[];
}
