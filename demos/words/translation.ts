/** The type of a translated part of the English catalogue: text for text, and functions of the same parameters. */
export type Words<English> = {
  readonly [Key in keyof English]: English[Key] extends string
    ? string
    : English[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Words<English[Key]>;
};

/**
 * Compiles if a file of another language, `Own`, has exactly the words of its English file; each ends with `export type
 * Complete = Translation<typeof own, typeof english>` of both modules.
 */
export type Translation<
  Own extends Words<English> & { readonly [More in Exclude<keyof Own, keyof English>]: never },
  English,
> = Own;
