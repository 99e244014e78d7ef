/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** A seeded generator: xorshift32 (Marsaglia, "Xorshift RNGs", 2003). */
export function uniform(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1; // with a state of 0, xorshift stays at 0
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next(); // consecutive seeds give similar first numbers, which are skipped
  return next;
}

/** Normal numbers of mean 0 and deviation 1 (Box and Muller, 1958). */
export function normal(random: Random): Random {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
