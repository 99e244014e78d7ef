/** Slopes smaller than this count as saturated. */
export const FLAT = 0.05;

/** The values at places where the slope counts as saturated, which the chart shades; null at the others. */
export const flatParts = (
  values: ArrayLike<number>,
  slopes: ArrayLike<number>,
): (number | null)[] =>
  Array.from(values, (value, i) => (Math.abs(Number(slopes[i])) < FLAT ? value : null));
