import shader from "#shaders/matmul/sum_parts.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { oneOf } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type EpilogueBuffers, epilogue, epilogueReference } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid1d, type HostTensor, kernel } from "../kernel.ts";
import { act } from "../option_kinds.ts";
import { channelOf, channelSlot, type MatmulKernelOptions } from "./problem.ts";

interface PartBuffers<T> extends EpilogueBuffers<T> {
  /** Products of the parts of k: [parts, ..., m, n]. */
  readonly partial: T;
}

type Options = Pick<MatmulKernelOptions, "act" | "channel">;

/**
 * `C = act(Σₛ partial[s] + bias)`: the second half of a product whose k another matmul kernel has split (its option
 * `parts`), always added in the same order. Throws a `ShapeError` when partial has fewer than three axes, and the errors of
 * `epilogue`.
 */
export const matmulSumParts = kernel(shader, (inputs: PartBuffers<Shape>, options: Options) => {
  const { c, m, n, rows, parts, after } = checked(inputs, options);
  return {
    outputs: { c },
    params: { rows, m, n, parts },
    grid: grid1d(Math.ceil((rows * Math.ceil(n / 4)) / 64)),
    slots: {
      store_c: n % 4 === 0 && n > 0 ? ("vec4" as const) : ("scalar" as const),
      channel: channelSlot(inputs, options.channel),
      ...after.slots,
    },
    overrides: after.overrides,
    flops: rows * n * (parts + (inputs.bias || inputs.affine ? 1 : 0)),
  };
});

export const kinds = () => ({ act, channel: oneOf("row", "column") });

function checked({ partial, ...buffers }: PartBuffers<Shape>, options: Options) {
  const [parts, ...c] = partial;
  const [m, n] = c.slice(-2);
  if (parts === undefined || m === undefined || n === undefined) {
    throw new ShapeError(
      `matmul/sum_parts: expected partial [parts, ..., m, n], got ${show(partial, "partial")}; add the first axis`,
    );
  }
  const [channels, each] =
    options.channel === "row" ? [m, "one number a row"] : [n, "one number a column"];
  const after = epilogue("matmul/sum_parts", buffers, options, c, channels, each);
  return { c, m, n, rows: size(c.slice(0, -1)), parts, after };
}

export function reference(inputs: PartBuffers<HostTensor>, options: Options) {
  const { partial } = inputs;
  const { c, m, n, parts } = checked({ partial: partial.shape }, options);
  const sums = new Float64Array(size(c));
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (let s = 0; s < parts; s++) sum += partial.data[s * sums.length + i] as number;
    sums[i] = sum;
  }
  const { y, z } = epilogueReference(sums, inputs, channelOf(options, m, n), options);
  return { c: y, ...(z && { z }) };
}

type SumCase = Case<typeof matmulSumParts>;
const sum = (name: string, partial: Shape, extra: Partial<SumCase> = {}): SumCase => ({
  name,
  inputs: { partial },
  options: {},
  tolerance: { length: partial[0] ?? 1 },
  ...extra,
});

export const cases: SumCase[] = [
  sum("one element", [3, 1, 1]),
  sum("one part", [1, 3, 5]),
  sum("columns not a multiple of 4", [7, 5, 6]),
  sum("columns a multiple of 4", [4, 3, 8]),
  sum("two workgroups, the second with one row", [2, 65, 4]),
  sum("batches of 5 × 13", [5, 2, 5, 13]),
  sum("no rows", [2, 0, 4]),
  sum("no columns", [2, 4, 0]),
  sum("bias and silu, z kept", [6, 3, 5], {
    inputs: { partial: [6, 3, 5], bias: [5], z: [3, 5] },
    options: { act: "silu" },
  }),
  sum("scale, shift and residual of rows, two matrices", [3, 2, 3, 4], {
    inputs: { partial: [3, 2, 3, 4], affine: [3, 2], residual: [2, 3, 4] },
    options: { act: "relu", channel: "row" },
  }),
  sum("bias and relu, four columns a store", [3, 5, 12], {
    inputs: { partial: [3, 5, 12], bias: [12] },
    options: { act: "relu" },
  }),
  sum("safety: a NaN spoils one element", [3, 2, 3], {
    inputs: { partial: { shape: [3, 2, 3], fill: (i) => (i === 8 ? NaN : i) } },
  }),
];

export const halfCases = inHalf(cases, { stored_c: "f16" });

export const benches: SumCase[] = [sum("16 parts of 256 × 256", [16, 256, 256])];
