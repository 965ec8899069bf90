import type { Program, ProgramField, ProgramStage } from '../servers/model.js';

/** A place of a program that can hold a fact. */
export interface FieldPlace {
  field: ProgramField;
  /** Undefined for an attribute. */
  stage?: ProgramStage;
}

/** All places of a program: attributes first, then the data elements of its stages. */
export function placesOf({ attributes, stages }: Program): FieldPlace[] {
  return [
    ...attributes.map(field => ({ field })),
    ...stages.flatMap(stage => stage.elements.map(field => ({ field, stage }))),
  ];
}

/** The key of a place: an attribute's id, or `<stage>.<data element>`. */
export function keyOf({ field, stage }: FieldPlace): string {
  return stage ? `${stage.id}.${field.id}` : field.id;
}
