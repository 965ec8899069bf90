/**
 * Operations that take whatever they are given. The declarations of language-common are made from
 * comments and are wrong in places: `fnIf` takes a function of state, its type says only true or false.
 */
export type Loose<T> = T extends (...values: never[]) => unknown
  ? // biome-ignore lint/suspicious/noExplicitAny: see above
    (...values: any[]) => any
  : { [Key in keyof T]: Loose<T[Key]> };
