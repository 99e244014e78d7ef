import { boolean, finite } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { tensorKind } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { lossOfElements } from "./pointwise.ts";
import { checkNumber, type ReductionOption, reductionKind, reductionOptions } from "./reduction.ts";

const both = ["x", "t"] as const;
const pair = { input: tensorKind, target: tensorKind };

/**
 * |x − t| of an input and a target of one shape, `torch.nn.functional.l1_loss`. The derivative where they are equal is 0.
 * Both have gradients. Throws `ShapeError` for shapes that differ or are empty.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { l1Loss } from "wgrad/loss";
 * console.log(await l1Loss(tensor([1, 2]), tensor([3, 2])).item()); // 1
 * ```
 */
export const l1Loss = /* @__PURE__ */ checked(
  "l1Loss",
  { ...pair, options: reductionOptions },
  (input: Tensor, target: Tensor, given: ReductionOption = {}): Tensor =>
    lossOfElements("l1Loss", { x: input, t: target }, { ...given, loss: "l1", grads: both }),
);

/**
 * (x − t)² of an input and a target of one shape, `torch.nn.functional.mse_loss`: not halved. Both have gradients. Throws
 * `ShapeError` for shapes that differ or are empty.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { mseLoss } from "wgrad/loss";
 * console.log(await mseLoss(tensor([1, 2]), tensor([3, 2])).item()); // 2
 * ```
 */
export const mseLoss = /* @__PURE__ */ checked(
  "mseLoss",
  { ...pair, options: reductionOptions },
  (input: Tensor, target: Tensor, given: ReductionOption = {}): Tensor =>
    lossOfElements("mseLoss", { x: input, t: target }, { ...given, loss: "mse", grads: both }),
);

/** Options of `smoothL1Loss`. */
export interface SmoothL1Options extends ReductionOption {
  /** β ≥ 0: where the parabola meets the straight lines; 0 gives `l1Loss`. Default 1. */
  readonly beta?: number;
}

export const smoothL1Options = /* @__PURE__ */ options<SmoothL1Options>({
  beta: finite,
  reduction: reductionKind,
});

/**
 * (x − t)²/2β where |x − t| < β, else |x − t| − β/2 (Girshick, "Fast R-CNN", 2015), as
 * `torch.nn.functional.smooth_l1_loss`. Both operands have gradients. Throws `ShapeError` for shapes that differ or are
 * empty, `ValueError` for a negative β.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { smoothL1Loss } from "wgrad/loss";
 * const [x, target] = [tensor([0, 0]), tensor([0.5, 3])];
 * console.log(await smoothL1Loss(x, target, { beta: 1, reduction: "none" }).read()); // [0.125, 2.5]
 * ```
 */
export const smoothL1Loss = /* @__PURE__ */ checked(
  "smoothL1Loss",
  { ...pair, options: smoothL1Options },
  (input: Tensor, target: Tensor, { beta = 1, ...rest }: SmoothL1Options = {}): Tensor => {
    checkNumber("smoothL1Loss", "beta", beta, beta >= 0, "≥ 0");
    const call = { ...rest, loss: "smooth_l1", a: beta, grads: both } as const;
    return lossOfElements("smoothL1Loss", { x: input, t: target }, call);
  },
);

/** Options of `huberLoss`. */
export interface HuberOptions extends ReductionOption {
  /** δ > 0: where the parabola meets the straight lines. Default 1. */
  readonly delta?: number;
}

export const huberOptions = /* @__PURE__ */ options<HuberOptions>({
  delta: finite,
  reduction: reductionKind,
});

/**
 * (x − t)²/2 where |x − t| ≤ δ, else δ·(|x − t| − δ/2) (Huber 1964), as `torch.nn.functional.huber_loss`. Both operands
 * have gradients. Throws `ShapeError` for shapes that differ or are empty, `ValueError` unless δ > 0.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { huberLoss } from "wgrad/loss";
 * console.log(await huberLoss(tensor([3, 0.5]), tensor([0, 0]), { reduction: "none" }).read()); // [2.5, 0.125]
 * ```
 */
export const huberLoss = /* @__PURE__ */ checked(
  "huberLoss",
  { ...pair, options: huberOptions },
  (input: Tensor, target: Tensor, { delta = 1, ...rest }: HuberOptions = {}): Tensor => {
    checkNumber("huberLoss", "delta", delta, delta > 0, "> 0");
    const call = { ...rest, loss: "huber", a: delta, grads: both } as const;
    return lossOfElements("huberLoss", { x: input, t: target }, call);
  },
);

/** Options of `poissonNllLoss`. */
export interface PoissonNllOptions extends ReductionOption {
  /** Whether the input is the logarithm of the rate. Default true. */
  readonly logInput?: boolean;
  /** Add Stirling's approximation of ln t! where t > 1. Default false. */
  readonly full?: boolean;
  /** Added to a rate before its logarithm is taken. Default 1e-8. */
  readonly eps?: number;
}

export const poissonNllOptions = /* @__PURE__ */ options<PoissonNllOptions>({
  logInput: boolean,
  full: boolean,
  eps: finite,
  reduction: reductionKind,
});

/**
 * Negative log-likelihood of counts t under a Poisson distribution: eˣ − t·x, or x − t·ln(x + eps) without `logInput`, as
 * `torch.nn.functional.poisson_nll_loss`. The target has no gradient. Throws `ShapeError` for shapes that differ or are
 * empty, `ValueError` for a negative eps.
 */
export const poissonNllLoss = /* @__PURE__ */ checked(
  "poissonNllLoss",
  { ...pair, options: poissonNllOptions },
  (
    input: Tensor,
    target: Tensor,
    { logInput = true, full = false, eps = 1e-8, ...rest }: PoissonNllOptions = {},
  ): Tensor => {
    checkNumber("poissonNllLoss", "eps", eps, eps >= 0, "≥ 0");
    const loss = logInput ? "poisson_nll_log" : "poisson_nll";
    const call = { ...rest, loss, a: eps, b: full ? 1 : 0 } as const;
    return lossOfElements("poissonNllLoss", { x: input, t: target }, call);
  },
);

/** Options of `gaussianNllLoss`. */
export interface GaussianNllOptions extends ReductionOption {
  /** Add the constant ln(2π)/2. Default false. */
  readonly full?: boolean;
  /** Minimum of the variance. Default 1e-6. */
  readonly eps?: number;
}

export const gaussianNllOptions = /* @__PURE__ */ options<GaussianNllOptions>({
  full: boolean,
  eps: finite,
  reduction: reductionKind,
});

/**
 * Negative log-likelihood of t under a normal distribution of mean x and variance v: (ln v + (x − t)²/v)/2, as
 * `torch.nn.functional.gaussian_nll_loss` (Nix & Weigend 1994). `variance` broadcasts to x; all three have gradients, that
 * of a variance below eps taken at eps. Throws `ShapeError` for shapes that do not fit or are empty, `ValueError` unless
 * eps > 0.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import { gaussianNllLoss } from "wgrad/loss";
 * const [mean, target, variance] = [tensor([0]), tensor([1]), tensor([2])];
 * console.log(await gaussianNllLoss(mean, target, variance).item()); // 0.5966
 * ```
 */
export const gaussianNllLoss = /* @__PURE__ */ checked(
  "gaussianNllLoss",
  { ...pair, variance: tensorKind, options: gaussianNllOptions },
  (
    input: Tensor,
    target: Tensor,
    variance: Tensor,
    { full = false, eps = 1e-6, ...rest }: GaussianNllOptions = {},
  ): Tensor => {
    checkNumber("gaussianNllLoss", "eps", eps, eps > 0, "> 0");
    const b = full ? 0.5 * Math.log(2 * Math.PI) : 0;
    const call = { ...rest, loss: "gaussian_nll", a: eps, b, grads: ["x", "t", "v"] } as const;
    return lossOfElements("gaussianNllLoss", { x: input, t: target, v: variance }, call);
  },
);
