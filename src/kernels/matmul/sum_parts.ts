import shader from "#shaders/matmul/sum_parts.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import {
  type Act,
  activationOf,
  activationOverrides,
  activations,
} from "../elementwise/activations.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid1d, type HostTensor, kernel } from "../kernel.ts";

interface Inputs {
  /** Products of the parts of k: [parts, ..., m, n]. */
  readonly partial: Shape;
  /** One number a column: [n]. */
  readonly bias?: Shape | undefined;
  /** Filled with what the activation is applied to: [..., m, n]. */
  readonly z?: Shape | undefined;
}

interface Options {
  /** Applied last. Default "identity". */
  readonly act?: Act | undefined;
}

/**
 * `C = act(Σₛ partial[s] + bias)`: the second half of a product whose k another matmul kernel cut into parts (its option
 * `parts`), always added in the same order. Throws a `ShapeError` when partial has fewer than three axes, the bias is
 * not [n] or z not of C's shape.
 */
export const matmulSumParts = kernel(shader, (inputs: Inputs, options: Options) => {
  const { c, n, rows, parts } = checked(inputs);
  const activation = activationOf(options.act);
  return {
    outputs: { c },
    params: { rows, n, parts },
    grid: grid1d(Math.ceil((rows * Math.ceil(n / 4)) / 64)),
    slots: {
      store_c: n % 4 === 0 && n > 0 ? ("vec4" as const) : ("scalar" as const),
      act: activation.act,
      epilogue: inputs.bias ? ("bias" as const) : ("none" as const),
      preactivation: inputs.z ? ("kept" as const) : ("dropped" as const),
    },
    overrides: activationOverrides(activation),
    flops: rows * n * (parts + (inputs.bias ? 1 : 0)),
  };
});

function checked({ partial, bias, z }: Inputs) {
  const [parts, ...c] = partial;
  const n = c.at(-1);
  if (parts === undefined || n === undefined || c.length < 2) {
    throw new ShapeError(
      `matmul/sum_parts: expected partial [parts, ..., m, n], got ${show(partial, "partial")}; add the first axis`,
    );
  }
  if (bias && !sameShape(bias, [n])) {
    throw new ShapeError(
      `matmul/sum_parts: expected bias [${n}], one number a column, got ${show(bias, "bias")}; reshape it`,
    );
  }
  if (z && !sameShape(z, c)) {
    throw new ShapeError(
      `matmul/sum_parts: expected ${show(c, "z")} as the sum, got ${show(z, "z")}; reshape it`,
    );
  }
  return { c, n, rows: size(c.slice(0, -1)), parts };
}

type HostInputs = Readonly<{ partial: HostTensor; bias?: HostTensor; z?: HostTensor }>;

export function reference({ partial, bias, z }: HostInputs, options: Options) {
  const { c, n, parts } = checked({ partial: partial.shape });
  const sums = new Float64Array(size(c));
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (let s = 0; s < parts; s++) sum += partial.data[s * sums.length + i] as number;
    sums[i] = sum + (bias ? (bias.data[i % n] as number) : 0);
  }
  const { act, ...parameters } = activationOf(options.act);
  const y = sums.map((value) => activations[act].value(value, parameters));
  return { c: y, ...(z && { z: sums }) };
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
