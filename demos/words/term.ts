/** Explanation of a term. */
export interface Term {
  /** Two sentences: what it is, and why it matters. */
  readonly text: string;
  readonly formula?: string;
}
