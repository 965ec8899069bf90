/** A reference to another object, as DHIS2 writes it inside an object. */
export interface Ref {
  id: string;
}

/** What every metadata object has. Times are ISO 8601; without a zone they are the server's. */
export interface MetadataObject extends Ref {
  code?: string;
  name: string;
  created?: string;
  lastUpdated?: string;
  /** User names that see the object; absent: everyone. Who has ALL always does. */
  readAccess?: string[];
  /** Values of metadata attributes. */
  attributeValues?: MetadataAttributeValue[];
}

/** The value that an object has for a metadata attribute. */
export interface MetadataAttributeValue {
  attribute: Ref;
  value: string;
}

/** Metadata that holds data values, so that it has data sharing as well. */
export interface DataShared extends MetadataObject {
  /** User names that may read data; absent: who sees the object. Who has ALL always may. */
  readDataAccess?: string[];
  /** User names that may write data; absent: everyone. Who has ALL always may. */
  writeAccess?: string[];
}
