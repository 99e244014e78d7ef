import shader from "#shaders/optim/unscale.wgsl";
import { number, required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { checkMaxNorm } from "./clip_norm.ts";

/**
 * Factor for the gradients of a scaled loss: 1 / scale, or less if their norm would exceed `maxNorm`, or −1 if they contain
 * NaN or ±∞; then `found` becomes 1. Infinity is no limit. Throws `ValueError` for a maxNorm below 0.
 */
export const unscale = kernel(shader, (_, { maxNorm }: { readonly maxNorm: number }) => {
  checkMaxNorm("optim/unscale", maxNorm);
  const maximum = maxNorm === Number.POSITIVE_INFINITY ? -1 : maxNorm;
  return { outputs: { coefficient: [] }, params: { maximum }, grid: [1], flops: 4 };
});

export const kinds = () => ({ maxNorm: required(number) });

export const reference: Reference<typeof unscale> = ({ norm, state, found }, { maxNorm }) => {
  const [length = Number.NaN] = Array.from(norm.data);
  const [scale = Number.NaN] = Array.from(state.data);
  if (!Number.isFinite(length)) return { coefficient: [-1], found: [1] };
  const share = Math.min(1, maxNorm / (length / scale + 1e-6));
  return { coefficient: [share / scale], found: Array.from(found.data) };
};

function example(
  name: string,
  norm: number,
  scale: number,
  maxNorm: number,
  found = 0,
): Case<typeof unscale> {
  const inputs = {
    norm: { shape: [], fill: () => norm },
    state: { shape: [2], fill: (i: number) => (i === 0 ? scale : 3) },
    found: { shape: [], fill: () => found },
  };
  return { name, inputs, options: { maxNorm } };
}

const NO_LIMIT = Number.POSITIVE_INFINITY;

export const cases: Case<typeof unscale>[] = [
  example("no limit", 3000, 1024, NO_LIMIT),
  example("within the limit", 3000, 1024, 4),
  example("beyond the limit", 3000, 1024, 0.5),
  example("to nothing", 3000, 1024, 0),
  example("no gradient", 0, 8, 1),
  example("as small as the small number", 2 ** -16, 64, 1e-6),
  example("finite beside another's that are not", 5, 64, NO_LIMIT, 1),
  example("the greatest number there is", 3.4028234663852886e38, 2, NO_LIMIT),
  example("safety: infinity", Number.POSITIVE_INFINITY, 65536, NO_LIMIT),
  example("safety: NaN, with a limit", Number.NaN, 65536, 1),
];
