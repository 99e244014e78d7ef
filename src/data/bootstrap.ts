import { ValueError } from "../core/errors.ts";
import { integer, number } from "../core/kinds.ts";
import { seeded } from "../core/rng.ts";
import { checked, options } from "../core/signature.ts";

/** Options of `bootstrap` and `bagging`. */
export interface BootstrapOptions {
  /** Number of indices to draw; default n. */
  readonly size?: number;
  /** The same seed gives the same sample. Default 0. */
  readonly seed?: number;
}

const known = { size: number, seed: integer };

/** A sample drawn with replacement, and the indices that were not drawn. */
export interface Bootstrap {
  /** Drawn indices, in the order of drawing; some occur several times. */
  readonly drawn: Uint32Array<ArrayBuffer>;
  /** Indices that were never drawn ("out of bag"), ascending: about 37 % if n are drawn. */
  readonly left: Uint32Array<ArrayBuffer>;
}

/**
 * `size` (default n) of the indices 0..n−1, drawn uniformly with replacement (Efron 1979): the training set of one member
 * of a bagged ensemble (Breiman 1996). The same seed gives the same sample. Throws `ValueError`.
 */
export const bootstrap = /* @__PURE__ */ checked(
  "bootstrap",
  { n: number, options: options<BootstrapOptions>(known) },
  sampleOf,
);

function sampleOf(n: number, { size = n, seed = 0 }: BootstrapOptions = {}): Bootstrap {
  if (!(Number.isInteger(n) && n >= 1 && Number.isInteger(size) && size >= 1)) {
    throw new ValueError(
      `bootstrap: expected integers n ≥ 1 and size ≥ 1, got n ${n} and size ${size}; size defaults to n`,
    );
  }
  const random = seeded(Math.imul(seed + 1, 0x9e3779b1));
  const drawn = Uint32Array.from({ length: size }, () => Math.floor(random() * n));
  const seen = new Uint8Array(n);
  for (const i of drawn) seen[i] = 1;
  const left = Uint32Array.from({ length: n }, (_, i) => i).filter((i) => seen[i] === 0);
  return { drawn, left };
}

/**
 * Bootstrap samples for `members` models, each with its own seed: train each on its `drawn`, test it on its `left`, and
 * combine them with `VotingEnsemble` or `AveragingEnsemble` of wgrad/train.
 */
export const bagging = /* @__PURE__ */ checked(
  "bagging",
  { n: number, members: number, options: options<BootstrapOptions>(known) },
  (n: number, members: number, { size = n, seed = 0 }: BootstrapOptions = {}): Bootstrap[] => {
    if (!(Number.isInteger(members) && members >= 1)) {
      throw new ValueError(`bagging: expected at least one member, got ${members}; 10 is usual`);
    }
    return Array.from({ length: members }, (_, i) =>
      sampleOf(n, { size, seed: Math.imul(seed, 0x85ebca6b) + i }),
    );
  },
);
