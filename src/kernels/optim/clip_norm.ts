import shader from "#shaders/optim/clip_norm.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, type InputSpec, kernel, type Reference } from "../kernel.ts";
import { type NormType, powerOf, powers } from "./grad_norm.ts";

export interface ClipNormKernelOptions {
  /** Maximum norm, ≥ 0; Infinity clips nothing. */
  readonly maxNorm: number;
  /** Order p of the norm: 1 is Σ |g|, 2 is √Σ g², Infinity is max |g|. */
  readonly normType: NormType;
}

/** Throws `ValueError` unless maxNorm ≥ 0. */
export function checkMaxNorm(who: string, maxNorm: number): void {
  if (maxNorm >= 0) return;
  throw new ValueError(`${who}: expected maxNorm a number ≥ 0, got ${maxNorm}; 1 is usual`);
}

/**
 * The norm of all gradients, a scalar, from the norms of their parts [count] computed by `grad_norm`, and the coefficient
 * that reduces it to maxNorm: min(1, maxNorm / (norm + 1e-6)), as torch.nn.utils.clip_grad_norm_. Throws `ValueError`.
 */
export const clipNorm = kernel(shader, ({ partials }, options: ClipNormKernelOptions) => {
  const { maxNorm, normType } = options;
  checkMaxNorm("optim/clip_norm", maxNorm);
  return {
    outputs: { norm: [], coefficient: [] },
    params: { count: size(partials), maximum: maxNorm },
    grid: [1],
    slots: { power: powerOf("optim/clip_norm", normType) },
    flops: size(partials),
  };
});

export const kinds = () => ({ maxNorm: required(number), normType: required(number) });

export const reference: Reference<typeof clipNorm> = ({ partials }, { maxNorm, normType }) => {
  const { power, join, root } = powers[powerOf("", normType)];
  let total = 0;
  for (let i = 0; i < partials.data.length; i++) {
    total = join(total, power(partials.data[i] as number));
  }
  const norm = root(total);
  return { norm: [norm], coefficient: [Math.min(1, maxNorm / (norm + 1e-6))] };
};

function example(
  name: string,
  count: number,
  maxNorm: number,
  normType: NormType,
  fill: (i: number) => number = (i) => 1 + (i % 7),
): Case<typeof clipNorm> {
  const partials: InputSpec = { shape: [count], fill };
  return {
    name: `${name}, norm ${normType}`,
    inputs: { partials },
    options: { maxNorm, normType },
    tolerance: { length: Math.max(1, Math.ceil(count / 64)) },
  };
}

const norms: readonly NormType[] = [1, 2, Infinity];

export const cases: Case<typeof clipNorm>[] = norms.flatMap((normType) => [
  example("one partial, clipped", 1, 0.25, normType),
  example("one partial, short enough", 1, 5, normType),
  example("255 partials", 255, 3, normType),
  example("256 partials", 256, 3, normType),
  example("600 partials of several arenas", 600, 3, normType),
  example("the greatest comes last", 257, 3, normType, (i) => (i === 256 ? 9 : 0.5)),
  example("no gradient: the small number keeps it finite", 3, 1, normType, () => 0),
  example("as small as the small number", 1, 1e-6, normType, () => 1e-6),
  example("clip to nothing", 2, 0, normType),
  example("clip nothing", 2, Infinity, normType),
  example("squares beyond f32", 300, 0.5, normType, (i) => 1e20 * (1 + (i % 3))),
  example("squares that vanish", 300, 1, normType, (i) => 1e-30 * (1 + (i % 3))),
  example("an infinite norm", 2, 1, normType, (i) => (i ? Infinity : 1)),
  example("safety: NaN makes both NaN", 300, 1, normType, (i) => (i === 290 ? NaN : 1)),
]);
