import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { powerOfTwo } from "../columns.ts";
import { checkDistinct } from "../distinct.ts";
import { choice, numberOr } from "../kinds.ts";
import { type Frame, frameOf, unframed } from "../points.ts";
import type { HostMatrix } from "../samples.ts";

/** Common options of all kernel machines. */
export interface KernelOptions {
  /** "linear" x·s, "poly" (γ x·s + coef0)^degree, "rbf" e^(−γ‖x − s‖²) or "sigmoid" tanh(γ x·s + coef0). Default "rbf". */
  readonly kernel?: KernelFunction["kind"];
  /** γ > 0, "scale" for 1 / (features · variance of X), or "auto" for 1 / features. Default "scale". */
  readonly gamma?: number | "scale" | "auto";
  /** The constant term of "poly" and "sigmoid". Default 0. */
  readonly coef0?: number;
  /** Degree of "poly", an integer ≥ 0. Default 3. */
  readonly degree?: number;
  /** Weight of the losses relative to ½‖w‖², > 0: the larger, the fewer errors are tolerated. Default 1. */
  readonly C?: number;
  /** The violation of the optimality conditions at which the fit ends. Default 1e-3. */
  readonly tol?: number;
  /**
   * Maximum number of steps, each of a pair of variables; −1 for libsvm's limit: 10⁷, or 100 per variable if that is more.
   * Default −1.
   */
  readonly maxIter?: number;
}

/** Kinds of the options; `checkKernelOptions` checks their ranges. */
export const kernelKinds = {
  kernel: /* @__PURE__ */ choice("linear", "poly", "rbf", "sigmoid"),
  gamma: /* @__PURE__ */ numberOr("scale", "auto"),
  coef0: number,
  degree: number,
  C: number,
  tol: number,
  maxIter: number,
};

export function withKernelDefaults(options: KernelOptions): Required<KernelOptions> {
  const { kernel = "rbf", gamma = "scale", coef0 = 0, degree = 3 } = options;
  const { C = 1, tol = 1e-3, maxIter = -1 } = options;
  return { kernel, gamma, coef0, degree, C, tol, maxIter };
}

/** Throws `ValueError` for options outside their ranges. */
export function checkKernelOptions(who: string, options: Required<KernelOptions>): void {
  const { gamma, coef0, degree, C, tol, maxIter } = options;
  const refuse = (expected: string, got: unknown, advice: string): never => {
    throw new ValueError(`${who}: expected ${expected}, got ${got}; ${advice}`);
  };
  if (typeof gamma === "number" && !(gamma > 0 && Number.isFinite(gamma))) {
    refuse('gamma > 0, "scale" or "auto"', gamma, "the default is scale");
  }
  if (!Number.isFinite(coef0)) refuse("a finite coef0", coef0, "the default is 0");
  if (!(Number.isInteger(degree) && degree >= 0)) {
    refuse("a whole degree ≥ 0", degree, "the default is 3");
  }
  if (!(C > 0 && Number.isFinite(C))) refuse("C > 0", C, "the default is 1");
  if (!(tol > 0)) refuse("tol > 0", tol, "the default is 1e-3");
  if (!(maxIter === -1 || (Number.isInteger(maxIter) && maxIter >= 1))) {
    refuse("maxIter a whole number ≥ 1, or −1", maxIter, "−1 is 10⁷ or more");
  }
}

/** The kernel with the γ for X. */
export function kernelOf(
  { kernel, gamma, coef0, degree }: Required<KernelOptions>,
  matrix: HostMatrix,
): KernelFunction {
  const number =
    gamma === "scale" ? scaleOf(matrix) : gamma === "auto" ? 1 / matrix.features : gamma;
  return { kind: kernel, gamma: number, coef0, degree };
}

/** 1 / (features · variance of all numbers of X); 1 if all numbers are equal. */
function scaleOf({ host, features }: HostMatrix): number {
  const pivot = host[0] as number;
  const mean = host.reduce((sum, value) => sum + (value - pivot) / host.length, 0);
  const variance = host.reduce((sum, v) => sum + (v - pivot - mean) ** 2 / host.length, 0);
  return variance > 0 ? 1 / (features * variance) : 1;
}

/** Distance, times √γ, at which a radial function has decreased by a millionth. */
const LEAST_RADIAL = 1e-3;

/**
 * The frame in which a kernel's values keep their precision: about the medians where a shift does not change the kernel, or
 * the dual of a linear one. For radial functions the unit is chosen, too, so that γ is about 1. Polynomials and sigmoids
 * use the samples unchanged: on the host where f32 could not distinguish them.
 */
export function kernelFrame({ kind, gamma }: KernelFunction, matrix: HostMatrix): Frame {
  if (kind !== "linear" && kind !== "rbf") return unframed(matrix.features);
  const { shift } = frameOf(matrix);
  if (kind === "linear") {
    checkDistinct(matrix, shift);
    return { shift, scale: 1 };
  }
  checkDistinct(matrix, shift, LEAST_RADIAL / Math.sqrt(gamma));
  return { shift, scale: 1 / powerOfTwo(Math.sqrt(gamma)) };
}

/** The kernel for samples relative to a frame. */
export function framedKernel(kernel: KernelFunction, { scale }: Frame): KernelFunction {
  return kernel.kind === "rbf" ? { ...kernel, gamma: kernel.gamma / scale ** 2 } : kernel;
}

/** Kernel and frame of a saved model. */
export function placed(saved: {
  readonly kernel: KernelFunction;
  readonly frame: { readonly shift: readonly number[]; readonly scale: number };
}) {
  const frame = { shift: Float64Array.from(saved.frame.shift), scale: saved.frame.scale };
  return { kernel: framedKernel(saved.kernel, frame), frame };
}
