import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import type { Label } from "../labels.ts";
import type { Saved } from "../saved.ts";
import {
  classesOf,
  type Fields,
  flag,
  floats,
  integers,
  listOf,
  oneOf,
  optional,
  packed,
  recordOf,
  size,
  where,
  wholeNumber,
} from "../saved_fields.ts";
import type { PlattSigmoid } from "./platt.ts";
import { frameField, kernelField } from "./saved_kernel.ts";
import type { Side } from "./sides.ts";

/** A fitted `SVC` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedSVC<L extends Label = Label> extends Saved {
  /** The kernel with the γ used. */
  readonly kernel: KernelFunction;
  /** Origin and unit of points for the kernel. */
  readonly frame: { readonly shift: readonly number[]; readonly scale: number };
  /** Whether machines separate pairs of classes, or each class from all others. */
  readonly multiclass: "ovo" | "ovr";
  /** Whether decisions are given per pair, or per class. */
  readonly decisionFunctionShape: "ovo" | "ovr";
  /** [classes], sorted. */
  readonly classes: readonly L[];
  /** Number of features in fit. */
  readonly features: number;
  /** `[machines]`: the classes that each machine separates. */
  readonly sides: readonly Side[];
  /** `[vectors]`: their rows in X of fit. */
  readonly support: readonly number[];
  /** `[classes]`: the number of support vectors of each class. */
  readonly nSupport: readonly number[];
  /** [vectors, features], class by class, as base64 of f64. */
  readonly supportVectors: string;
  /** `[machines][vectors]`: weights of the vectors, 0 for those of other machines. */
  readonly coef: readonly (readonly number[])[];
  /** `[machines]`: from decisions to probabilities; absent without `probability`. */
  readonly sigmoids?: readonly PlattSigmoid[];
  /** [machines] */
  readonly intercept: readonly number[];
  /** `[machines]`: the minimum of each dual. */
  readonly dualObjective: readonly number[];
  /** `[machines]`: number of steps, each of a pair of variables. */
  readonly nIter: readonly number[];
  /** Whether the violations of all machines fell below the tolerance. */
  readonly converged: boolean;
}

const position = /* @__PURE__ */ where(
  wholeNumber,
  "the position of a class",
  (value: number, sizes) => value < (sizes.get("classes") as number),
);

export const svcFields: Fields<SavedSVC> = {
  kernel: kernelField,
  features: /* @__PURE__ */ size("features"),
  frame: frameField,
  classes: /* @__PURE__ */ classesOf("classes"),
  multiclass: /* @__PURE__ */ oneOf("ovo", "ovr"),
  decisionFunctionShape: /* @__PURE__ */ oneOf("ovo", "ovr"),
  sides: /* @__PURE__ */ listOf(
    /* @__PURE__ */ recordOf({
      positive: position,
      negative: /* @__PURE__ */ optional(position),
    }),
    "machines",
  ),
  support: /* @__PURE__ */ integers("vectors"),
  nSupport: /* @__PURE__ */ where(
    /* @__PURE__ */ integers("classes"),
    "numbers that add up to the number of support vectors",
    (counts: readonly number[], sizes) =>
      counts.reduce((a, b) => a + b, 0) === sizes.get("vectors"),
  ),
  supportVectors: /* @__PURE__ */ packed("vectors", "features"),
  coef: /* @__PURE__ */ listOf(/* @__PURE__ */ floats("vectors"), "machines"),
  sigmoids: /* @__PURE__ */ optional(/* @__PURE__ */ listOf(/* @__PURE__ */ floats(2), "machines")),
  intercept: /* @__PURE__ */ floats("machines"),
  dualObjective: /* @__PURE__ */ floats("machines"),
  nIter: /* @__PURE__ */ integers("machines"),
  converged: flag,
};
