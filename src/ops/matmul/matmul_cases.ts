import { type Act, activations } from "../../kernels/elementwise/activations.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as matmulReference } from "../../kernels/matmul/reference.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { linear, matmul } from "./matmul.ts";

type Transposes = {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly act?: Act;
};

const elu = { act: "elu", alpha: 0.5 } as const;

const host =
  (options: Transposes = {}) =>
  (a: HostTensor, b: HostTensor, bias?: HostTensor) =>
    matmulReference({ a, b, ...(bias && { bias }) }, options).c;

function product(
  name: string,
  [a, b, c]: readonly (readonly number[])[],
  options: Transposes = {},
): OpCase {
  return {
    name,
    inputs: [{ shape: a ?? [] }, { shape: b ?? [] }],
    run: (x, y) => matmul(x, y, options),
    reference: host(options),
    ...(c && { shape: c }),
    tolerance: { length: 20 },
  };
}

const column = ({ data, shape }: HostTensor): HostTensor => ({ data, shape: [...shape, 1] });
const row = ({ data, shape }: HostTensor): HostTensor => ({ data, shape: [1, ...shape] });

/** Leading axes of x folded into rows. */
const rows = ({ data, shape }: HostTensor): HostTensor => {
  const last = shape.at(-1) ?? 1;
  return { data, shape: [data.length / last, last] };
};

const layer = host({ transposeB: true });

export const cases: OpCases = {
  matmul: [
    product("two matrices", [
      [3, 4],
      [4, 5],
      [3, 5],
    ]),
    product("a batch broadcast from both sides", [
      [2, 1, 3, 4],
      [3, 4, 2],
      [2, 3, 3, 2],
    ]),
    product(
      "a transposed",
      [
        [4, 3],
        [4, 2],
        [3, 2],
      ],
      { transposeA: true },
    ),
    product(
      "b transposed",
      [
        [3, 4],
        [2, 4],
        [3, 2],
      ],
      { transposeB: true },
    ),
    product("one matrix for every a of a batch", [
      [3, 2, 4],
      [4, 5],
      [3, 2, 5],
    ]),
    {
      name: "both transposed, bias",
      inputs: [{ shape: [4, 3] }, { shape: [5, 4] }, { shape: [5] }],
      run: (a, b, bias) => matmul(a, b, { transposeA: true, transposeB: true, bias }),
      reference: host({ transposeA: true, transposeB: true }),
      shape: [3, 5],
      tolerance: { length: 4 },
    },
    {
      name: "bias and activation",
      inputs: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }],
      run: (a, b, bias) => matmul(a, b, { bias, act: "tanh" }),
      reference: (a, b, bias) => host()(a, b, bias).map(Math.tanh),
      shape: [3, 5],
      tolerance: { length: 16 },
    },
    ...(["relu", "gelu"] as const).map((act) => ({
      name: `a batch, bias and ${act}`,
      inputs: [{ shape: [2, 3, 4] }, { shape: [4, 5] }, { shape: [5] }],
      run: (a: Tensor, b: Tensor, bias: Tensor) => matmul(a, b, { bias, act }),
      reference: (a: HostTensor, b: HostTensor, bias: HostTensor) => host({ act })(a, b, bias),
      shape: [2, 3, 5],
      tolerance: { length: 24 },
    })),
    {
      name: "both transposed, elu of α 0.5, no bias",
      inputs: [{ shape: [4, 3] }, { shape: [5, 4] }],
      run: (a, b) => matmul(a, b, { transposeA: true, transposeB: true, act: elu }),
      reference: host({ transposeA: true, transposeB: true, act: elu }),
      tolerance: { length: 16 },
    },
    {
      name: "no rows, bias and activation",
      inputs: [{ shape: [0, 4] }, { shape: [4, 5] }, { shape: [5] }],
      run: (a, b, bias) => matmul(a, b, { bias, act: "silu" }),
      reference: host({ act: "silu" }),
      shape: [0, 5],
    },
    {
      name: "bias and activation in one kernel, where no gradient is wanted",
      inputs: [[33, 17], [17, 9], [9]].map((shape) => ({ shape, grad: false })),
      run: (a, b, bias) => matmul(a, b, { bias, act: "silu" }),
      reference: (a, b, bias) => host()(a, b, bias).map((x) => activations.silu.value(x)),
      tolerance: { length: 17 },
    },
    {
      name: "few results of long sums, cut into parts, bias and silu",
      inputs: [{ shape: [5, 256] }, { shape: [256, 6] }, { shape: [6] }],
      run: (a, b, bias) => matmul(a, b, { bias, act: "silu" }),
      reference: host({ act: "silu" }),
      shape: [5, 6],
      tolerance: { length: 256 },
    },
    {
      name: "a matrix and a vector",
      inputs: [{ shape: [3, 4] }, { shape: [4] }],
      run: (a, b) => matmul(a, b),
      reference: (a, b) => host()(a, column(b)),
      shape: [3],
      tolerance: { length: 4 },
    },
    {
      name: "a vector and a matrix",
      inputs: [{ shape: [4] }, { shape: [4, 3] }],
      run: (a, b) => matmul(a, b),
      reference: (a, b) => host()(row(a), b),
      shape: [3],
      tolerance: { length: 4 },
    },
    {
      name: "two vectors: a scalar of shape [], with a scalar upstream",
      inputs: [{ shape: [5] }, { shape: [5] }],
      run: (a, b) => matmul(a, b),
      reference: (a, b) => host()(row(a), column(b)),
      shape: [],
      tolerance: { length: 5 },
    },
    {
      name: "a batch of matrices and a vector, which no transposition changes",
      inputs: [{ shape: [2, 3, 4] }, { shape: [4] }],
      run: (a, b) => matmul(a, b, { transposeB: true }),
      reference: (a, b) => host()(a, column(b)),
      shape: [2, 3],
      tolerance: { length: 4 },
    },
    {
      name: "a vector and a batch of transposed matrices",
      inputs: [{ shape: [4] }, { shape: [2, 3, 4] }],
      run: (a, b) => matmul(a, b, { transposeB: true }),
      reference: (a, b) => host({ transposeB: true })(row(a), b),
      shape: [2, 3],
      tolerance: { length: 4 },
    },
    {
      name: "safety: a NaN spoils its row only",
      inputs: [
        { shape: [3, 4], fill: (i) => (i === 5 ? NaN : 1e4), grad: false },
        { shape: [4, 2], grad: false },
      ],
      run: (a, b) => matmul(a, b),
      reference: host(),
      tolerance: { length: 4 },
    },
  ],
  linear: [
    {
      name: "bias and activation, rows of a batch",
      inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4] }, { shape: [2] }],
      run: (x, weight, bias) => linear(x, weight, bias, "tanh"),
      reference: (x, weight, bias) => layer(rows(x), weight, bias).map(Math.tanh),
      shape: [2, 3, 2],
      tolerance: { length: 24 },
    },
    {
      name: "weight alone",
      inputs: [{ shape: [3, 4] }, { shape: [5, 4] }],
      run: (x, weight) => linear(x, weight),
      reference: (x, weight) => layer(x, weight),
      shape: [3, 5],
      tolerance: { length: 5 },
    },
    {
      name: "one vector",
      inputs: [{ shape: [4] }, { shape: [3, 4] }, { shape: [3] }],
      run: (x, weight, bias) => linear(x, weight, bias),
      reference: (x, weight, bias) => layer(rows(x), weight, bias),
      shape: [3],
      tolerance: { length: 4 },
    },
  ],
};
