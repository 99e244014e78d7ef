import type { HostTensor } from "../kernels/kernel.ts";
import {
  type CrossEntropyKernelOptions as KernelOptions,
  reference as rowLosses,
} from "../kernels/loss/cross_entropy.ts";
import { reference as weightSum } from "../kernels/loss/cross_entropy_weight.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import { crossEntropy } from "./cross_entropy.ts";

type Options = Required<Pick<KernelOptions, "reduction">> & KernelOptions;

/** The rows' losses: summed, averaged by the weights of their targets, or unreduced. */
function host(
  logits: HostTensor,
  labels: HostTensor,
  weight: HostTensor | undefined,
  given: Options,
) {
  const { reduction, ...options } = given;
  const weights = weight && { weight };
  const none = { ...options, reduction: "none" as const };
  const { loss } = rowLosses({ logits, labels, ...weights }, none);
  if (reduction === "none") return loss;
  const total = Array.from(loss).reduce((sum, value) => sum + value, 0);
  if (reduction === "sum") return [total];
  const classes = logits.shape[1] ?? 0;
  const ignored = options.ignoreIndex === undefined ? {} : { ignoreIndex: options.ignoreIndex };
  const { sums } = weightSum({ labels, ...weights }, { classes, ...ignored });
  return [total / Array.from(sums).reduce((sum, value) => sum + value, 0)];
}

interface GivenInputs {
  readonly logits?: OpInput;
  readonly labels?: readonly number[];
  readonly shape?: readonly number[];
  readonly dtype?: "i32" | "u32";
  readonly weighted?: boolean;
  readonly options?: Partial<Options>;
}

function loss(name: string, given: GivenInputs): OpCase {
  const { logits = { shape: [3, 5] }, labels = [1, 4, 0], shape = [3], weighted = false } = given;
  const { dtype = "u32" } = given;
  const { reduction = "mean", ...rest } = given.options ?? {};
  const options = { ignoreIndex: -100, ...rest, reduction };
  const classes = logits.shape[1] ?? 0;
  const label: OpInput = { shape, dtype, fill: (i) => labels[i % labels.length] as number };
  const weight: OpInput = { shape: [classes], fill: (i) => i + 0.5, grad: false };
  return {
    name,
    inputs: [logits, label, ...(weighted ? [weight] : [])],
    run: (x, y, w) => crossEntropy(x, y, { ...given.options, ...(weighted && { weight: w }) }),
    reference: (x, y, w) => host(x, y, w, options),
    shape: reduction === "none" ? shape : [],
    tolerance: { length: labels.length * classes },
  };
}

/** Logits whose exp is 0 or infinite unless the maximum is subtracted first. */
const huge: OpInput = { shape: [3, 5], fill: (i) => [1e4, -1e4, 9999, 0][i % 4] ?? 0, grad: false };

export const cases: OpCases = {
  crossEntropy: [
    loss("mean", {}),
    loss("sum", { options: { reduction: "sum" } }),
    loss("none, smoothed", { options: { reduction: "none", labelSmoothing: 0.1 } }),
    loss("class weights: the mean divides by the targets'", { weighted: true }),
    loss("a label left out", { labels: [1, 9, 0], options: { ignoreIndex: 9 } }),
    loss("weights, a label left out, smoothed", {
      weighted: true,
      labels: [1, 9, 0],
      options: { ignoreIndex: 9, labelSmoothing: 0.2 },
    }),
    loss("i32 labels, −100 left out by default", { dtype: "i32", labels: [1, -100, 0] }),
    loss("i32 labels, −100 left out, weights, smoothed", {
      dtype: "i32",
      weighted: true,
      labels: [-100, 4, 0],
      options: { labelSmoothing: 0.2 },
    }),
    loss("i32 labels, −1 left out, sum", {
      dtype: "i32",
      labels: [1, -1, 0],
      options: { ignoreIndex: -1, reduction: "sum" },
    }),
    loss("a label for every pixel", {
      logits: { shape: [2, 3, 2, 2] },
      shape: [2, 2, 2],
      labels: [0, 2, 1, 1, 2, 0, 0, 1],
    }),
    loss("safety: logits ±1e4", { logits: huge }),
    loss("safety: a NaN spoils its row only", {
      logits: { shape: [3, 5], fill: (i) => (i === 7 ? NaN : i % 3), grad: false },
      options: { reduction: "none" },
    }),
    {
      name: "labels as plain numbers",
      inputs: [{ shape: [3, 5] }],
      run: (x) => crossEntropy(x, [1, 4, 0]),
      reference: (x) => host(x, { shape: [3], data: [1, 4, 0] }, undefined, { reduction: "mean" }),
      shape: [],
      tolerance: { length: 15 },
    },
  ],
};
