/** The classes that a machine separates: one from another, or from all others. */
export interface Side {
  /** Index of the class with positive decisions. */
  readonly positive: number;
  /** Index of the other class; absent for all others. */
  readonly negative?: number;
}

/**
 * The machines for a number of classes. Two classes have one, positive for the larger label; machines of pairs are positive
 * for the smaller one, as in scikit-learn.
 */
export function sidesOf(classes: number, multiclass: "ovo" | "ovr"): Side[] {
  if (classes === 2) return [{ positive: 1, negative: 0 }];
  const all = Array.from({ length: classes }, (_, c) => c);
  if (multiclass === "ovr") return all.map((positive) => ({ positive }));
  return all.flatMap((a) => all.slice(a + 1).map((b) => ({ positive: a, negative: b })));
}

/**
 * The classes' scores from the machines' decisions, both [samples, classes]: `votes` of pairs, or the decisions of machines
 * with one class each, and `sure`, the sum of decisions for each class.
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
