/** Uniform numbers in [0, 1), each a multiple of 2⁻²⁴ so that f32 holds it exactly. */
export type Random = () => number;

/**
 * A small sequential generator for host work: shuffles, test data. Mulberry32 (T. Ettinger), period 2³². Random numbers
 * that must agree between CPU and GPU come from `threefry` instead.
 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 8) / 2 ** 24;
  };
}

/** A permutation of 0..n−1 (Fisher–Yates). */
export function permutation(n: number, random: Random): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): maps a
 * counter and a key to two words of 32 random bits. shaders/lib/threefry.wgsl computes the same bits.
 */
export function threefry(
  key: readonly [number, number],
  counter: readonly [number, number],
): [number, number] {
  const schedule = [key[0], key[1], PARITY ^ key[0] ^ key[1]] as const;
  let x0 = (counter[0] + key[0]) >>> 0;
  let x1 = (counter[1] + key[1]) >>> 0;
  for (let round = 0; round < 20; round++) {
    const r = ROTATIONS[round % 8] as number;
    x0 = (x0 + x1) >>> 0;
    x1 = (((x1 << r) | (x1 >>> (32 - r))) ^ x0) >>> 0;
    if (round % 4 === 3) {
      const s = (round + 1) / 4;
      x0 = (x0 + (schedule[s % 3] as number)) >>> 0;
      x1 = (x1 + (schedule[(s + 1) % 3] as number) + s) >>> 0;
    }
  }
  return [x0, x1];
}

/** The top 24 bits of a word as a number in [0, 1): exact in f32, so both sides agree to the bit. */
export function unitInterval(word: number): number {
  return (word >>> 8) / 2 ** 24;
}
