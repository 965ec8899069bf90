/**
 * Operations that accept any argument. The declarations of language-common are generated from
 * comments and are wrong in places: `fnIf` takes a function of state, but its type allows only true
 * or false.
 */
export type AnyArguments<T> = T extends (...values: never[]) => unknown
  ? // biome-ignore lint/suspicious/noExplicitAny: see above
    (...values: any[]) => any
  : { [Key in keyof T]: AnyArguments<T[Key]> };
