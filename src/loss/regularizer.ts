import { Arena } from "../autograd/arena.ts";
import { differentiable, type GradSlots } from "../autograd/node.ts";
import { ValueError } from "../core/errors.ts";
import { finite, required } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { binary } from "../kernels/elementwise/binary.ts";
import { penalty } from "../kernels/loss/penalty.ts";
import { penaltyGrad } from "../kernels/loss/penalty_grad.ts";
import { tensor } from "../tensor/create.ts";
import { tensorList } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkNumber, scalar, sumOfPieces } from "./reduction.ts";

/** Mode of blocks whose gradients are written. */
const WRITE = 0;
/** Mode of blocks whose gradients are added. */
const ADD = 1;

/** λ of both penalties of `elasticNet`. */
export interface ElasticNetOptions {
  /** λ₁ ≥ 0. */
  readonly l1: number;
  /** λ₂ ≥ 0. */
  readonly l2: number;
}

/**
 * λ·Σ|p| over all elements of a list of parameters, as a scalar to add to a loss. Parameters are f32 leaves. Like an
 * optimiser's parameters they move into one arena, so that two dispatches compute the sum and one all gradients: make the
 * optimiser first, so that all its parameters share an arena. |p| has the derivative 0 at 0.
 *
 * Throws `ValueError` for a negative λ, no parameters, a parameter given twice, or one that is not an f32 leaf.
 */
export const l1Regularizer = /* @__PURE__ */ checked(
  "l1Regularizer",
  { parameters: tensorList, lambda: finite },
  (parameters: readonly Tensor[], lambda: number): Tensor =>
    elastic("l1Regularizer", parameters, { lambda }, lambda, 0),
);

/**
 * λ·Σp² over all elements of a list of parameters, not halved: equivalent to a weight decay of 2λ. Otherwise as
 * `l1Regularizer`; an optimiser's weight decay has no extra cost.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { l2Regularizer } from "wgrad/loss";
 * import { parameter } from "wgrad/nn";
 * const weights = [parameter(tensor([3, 4]))];
 * const penalty = l2Regularizer(weights, 0.1); // add it to the loss
 * console.log(await penalty.item()); // 2.5
 * ```
 */
export const l2Regularizer = /* @__PURE__ */ checked(
  "l2Regularizer",
  { parameters: tensorList, lambda: finite },
  (parameters: readonly Tensor[], lambda: number): Tensor =>
    elastic("l2Regularizer", parameters, { lambda }, 0, lambda),
);

const lambda = /* @__PURE__ */ required(finite);
const elasticNetOptions = /* @__PURE__ */ options<ElasticNetOptions>({ l1: lambda, l2: lambda });

/** λ₁·Σ|p| + λ₂·Σp² over all elements of a list of parameters (Zou & Hastie 2005). Otherwise as `l1Regularizer`. */
export const elasticNet = /* @__PURE__ */ checked(
  "elasticNet",
  { parameters: tensorList, options: elasticNetOptions },
  (parameters: readonly Tensor[], { l1, l2 }: ElasticNetOptions): Tensor =>
    elastic("elasticNet", parameters, { l1, l2 }, l1, l2),
);

const countOptions = /* @__PURE__ */ options<CountNonzeroOptions>({ tolerance: finite });

/** Options of `countNonzero`. */
export interface CountNonzeroOptions {
  /** Elements with |p| up to this count as 0; ≥ 0. Default 0. */
  readonly tolerance?: number;
}

/**
 * Number of elements of a list of parameters with |p| above `tolerance` (default 0), including NaN: the "L0 norm", without
 * a gradient. An f32 scalar, exact up to 2²⁴. Parameters and errors as for `l1Regularizer`.
 */
export const countNonzero = /* @__PURE__ */ checked(
  "countNonzero",
  { parameters: tensorList, options: countOptions },
  (parameters: readonly Tensor[], { tolerance = 0 }: CountNonzeroOptions = {}): Tensor => {
    const who = "countNonzero";
    checkNumber(who, "tolerance", tolerance, tolerance >= 0, "≥ 0");
    checkLeaves(who, parameters);
    return summed(parameters, { penalty: "nonzero", first: tolerance });
  },
);

function elastic(
  who: string,
  parameters: readonly Tensor[],
  numbers: Readonly<Record<string, number>>,
  first: number,
  second: number,
): Tensor {
  for (const [name, value] of Object.entries(numbers)) {
    checkNumber(who, name, value, value >= 0, "≥ 0");
  }
  checkLeaves(who, parameters);
  const value = summed(parameters, { penalty: "elastic", first, second });
  const inputs = Object.fromEntries(parameters.map((p, i) => [String(i), p]));
  return differentiable(who, inputs, value, {}, (dy, _saved, grads) => {
    backward(parameters, dy, grads, { first, second });
  });
}

function checkLeaves(who: string, parameters: readonly Tensor[]): void {
  const [first] = parameters;
  if (!first || new Set(parameters).size !== parameters.length) {
    throw new ValueError(
      `${who}: expected parameters, each once, got ${first ? "one twice" : "none"}; pass model.parameters()`,
    );
  }
  for (const p of parameters) {
    p.checkUsable(who);
    if (!p.node && p.dtype === "f32") continue;
    throw new ValueError(
      `${who}: expected f32 leaves, got ${show(p.shape, p.name)}; for a result use sum(abs(x)) or sum(square(x))`,
    );
  }
}

/** The penalty of all parameters: one dispatch per arena and one for the total. */
function summed(
  parameters: readonly Tensor[],
  options: { penalty: "elastic" | "nonzero"; first: number; second?: number },
): Tensor {
  const members = new Set(parameters);
  return scope(() => {
    const sums = Arena.of(parameters).map((arena) => {
      const { block_mode, mode } = modesOf(arena, (p) => (members.has(p) ? WRITE : undefined));
      const { y } = run(penalty, { p: arena.values(), block_mode }, { ...options, mode });
      return sumOfPieces(y);
    });
    return scalar(sums.reduce((a, b) => run(binary, { a, b }, { op: "add" }).c));
  });
}

/** Gradients of all parameters, written or added in place: one dispatch per arena. */
function backward(
  parameters: readonly Tensor[],
  dy: Tensor,
  grads: GradSlots<Readonly<Record<string, Tensor>>>,
  options: { first: number; second: number },
): void {
  const slots = new Map(parameters.map((p, i) => [p, grads[String(i)]]));
  scope(() => {
    for (const arena of Arena.of(parameters)) {
      // a gradient that is already in the arena is added to in place; its slot is not involved
      const grown = (p: Tensor) => p.grad !== null && p.grad === p.gradTarget;
      const { block_mode, mode } = modesOf(arena, (p) => slots.get(p) && (grown(p) ? ADD : WRITE));
      const fresh = parameters.filter((p) => arena.segmentOf(p) && !grown(p));
      const inputs = { p: arena.values(), grads: arena.grads(), dy, block_mode };
      run(penaltyGrad, inputs, { ...options, mode });
      for (const p of fresh) {
        const slot = slots.get(p);
        const written = slot?.into ?? p.gradTarget?.detach();
        if (written) slot?.add(written);
      }
    }
  });
}

/** The mode of every block of an arena as a table, or one mode if all blocks have the same. */
function modesOf(arena: Arena, of: (parameter: Tensor) => number | undefined) {
  const modes = arena.segmentRows(of);
  const [mode = WRITE] = modes;
  if (modes.every((other) => other === mode)) return { block_mode: undefined, mode };
  const table = arena.blockRows(modes);
  return { block_mode: tensor(table, { engine: arena.engine, name: "block_mode" }), mode };
}
