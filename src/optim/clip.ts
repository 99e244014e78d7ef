import { Arena, checkParameters, isTrained } from "../autograd/arena.ts";
import { either, number } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { checkNumbers } from "../kernels/optim/arena.ts";
import { clipGrads } from "../kernels/optim/clip_grads.ts";
import type { NormType } from "../kernels/optim/grad_norm.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ArenaGrads, type Clip, checkLimit, measure } from "./grad_norm.ts";
import { optimizerKind, parameterList } from "./kinds.ts";

/** Parameters, or an optimiser that has them. */
export type Clippable =
  | readonly Tensor[]
  | { readonly groups: readonly { readonly parameters: readonly Tensor[] }[] };

/** Options of `clipGradNorm`: which norm. */
export interface ClipNormOptions {
  /** 2 (default), 1 or Infinity. */
  readonly normType?: NormType;
}

/** Parameters, or an optimiser that has them. */
const clippable = /* @__PURE__ */ either(optimizerKind, parameterList);

/**
 * Scales the gradients of all parameters by min(1, maxNorm / (norm + 1e-6)), where `norm` is the norm of all gradients as
 * one vector: torch.nn.utils.clip_grad_norm_. Parameters without a gradient and frozen ones do not count. Nothing is read
 * back; the norm before scaling is returned as a scalar. Three dispatches for any number of parameters: parameters that are
 * in no arena yet are moved into one. `clippedStep` saves a pass over the gradients. Throws `ValueError`.
 *
 * @example
 * ```ts
 * import { mul, sum, tensor } from "wgrad";
 * import { clipGradNorm } from "wgrad/optim";
 * const w = tensor([1, 1]);
 * w.requiresGrad = true;
 * sum(mul(w, tensor([3, 4]))).backward();
 * console.log(await clipGradNorm([w], 1).item(), await w.grad?.read()); // 5 [0.6, 0.8]
 * ```
 */
export const clipGradNorm = /* @__PURE__ */ checked(
  "clipGradNorm",
  {
    parameters: clippable,
    maxNorm: number,
    options: options<ClipNormOptions>({ normType: number }),
  },
  (parameters: Clippable, maxNorm: number, { normType = 2 }: ClipNormOptions = {}): Tensor => {
    checkLimit("clipGradNorm", { maxNorm, normType });
    return scope(() => {
      const sources = gradsOf("clipGradNorm", parameters);
      const { norm, coefficient } = measure(sources, { maxNorm, normType });
      for (const source of sources) run(clipGrads, { ...source, coefficient }, {});
      return norm;
    });
  },
);

/**
 * `clipGradNorm` and `optimizer.step()` in one: two dispatches more than the step alone, and one pass less over the
 * gradients, which are not modified. Returns their norm as a scalar that need not be read. Throws `ValueError`, and the
 * errors of the optimiser's step.
 */
export const clippedStep = /* @__PURE__ */ checked(
  "clippedStep",
  {
    optimizer: optimizerKind,
    maxNorm: number,
    options: options<ClipNormOptions>({ normType: number }),
  },
  (
    optimizer: { step(clip: Clip): Tensor },
    maxNorm: number,
    { normType = 2 }: ClipNormOptions = {},
  ): Tensor => {
    const limit = { maxNorm, normType };
    checkLimit("clippedStep", limit);
    return optimizer.step({ measure: (sources) => measure(sources, limit) });
  },
);

/**
 * Clamps the gradients of these parameters to −clipValue … clipValue: torch.nn.utils.clip_grad_value_. One dispatch. Throws
 * `ValueError`.
 */
export const clipGradValue = /* @__PURE__ */ checked(
  "clipGradValue",
  { parameters: clippable, clipValue: number },
  (parameters: Clippable, clipValue: number): void => {
    checkNumbers("clipGradValue", { clipValue });
    scope(() => {
      for (const source of gradsOf("clipGradValue", parameters)) {
        run(clipGrads, { ...source }, { limit: clipValue });
      }
    });
  },
);

function gradsOf(who: string, parameters: Clippable): ArenaGrads[] {
  const all = "groups" in parameters ? parameters.groups.flatMap((g) => g.parameters) : parameters;
  const wanted = new Set(all.filter(isTrained));
  if (wanted.size === 0) return [];
  checkParameters(who, [...wanted]);
  return Arena.of([...wanted]).map((arena) => {
    arena.collectGrads();
    const rows = arena.segmentRows((parameter) => (wanted.has(parameter) ? 0 : undefined));
    const { engine } = arena;
    const block_row = tensor(arena.blockRows(rows), { engine, name: "block_row" });
    return { grads: arena.grads(), block_row };
  });
}
