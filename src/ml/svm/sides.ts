/** What a machine tells apart: a class from another, or from all others. */
export interface Side {
  /** Position of the class of positive decisions. */
  readonly positive: number;
  /** Position of the other class; none: all others. */
  readonly negative?: number;
}

/**
 * The machines of so many classes. Two have one, positive for the larger label; pairs are positive for the smaller one, as
 * scikit-learn's.
 */
export function sidesOf(classes: number, multiclass: "ovo" | "ovr"): Side[] {
  if (classes === 2) return [{ positive: 1, negative: 0 }];
  const all = Array.from({ length: classes }, (_, c) => c);
  if (multiclass === "ovr") return all.map((positive) => ({ positive }));
  return all.flatMap((a) => all.slice(a + 1).map((b) => ({ positive: a, negative: b })));
}

/**
 * How each machine's decision counts for the classes: [samples, classes] of votes for pairs, with shares below one for how sure
 * they are, and the decisions themselves for machines of one class.
 */
export function scoresOf(
  decisions: Float64Array,
  sides: readonly Side[],
  classes: number,
): { readonly votes: Float64Array; readonly sure: Float64Array } {
  const n = decisions.length / sides.length;
  const votes = new Float64Array(n * classes);
  const sure = new Float64Array(n * classes);
  const add = (to: Float64Array, i: number, c: number, value: number) => {
    to[i * classes + c] = (to[i * classes + c] as number) + value;
  };
  for (let i = 0; i < n; i++) {
    sides.forEach(({ positive, negative }, k) => {
      const decision = decisions[i * sides.length + k] as number;
      add(sure, i, positive, decision);
      if (negative === undefined) add(votes, i, positive, decision);
      else {
        add(sure, i, negative, -decision);
        add(votes, i, decision > 0 ? positive : negative, 1);
      }
    });
  }
  return { votes, sure };
}
