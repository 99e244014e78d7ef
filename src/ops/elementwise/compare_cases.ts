import { reference as binaryReference } from "../../kernels/elementwise/binary.ts";
import type { BinaryOp } from "../../kernels/elementwise/binary_ops.ts";
import { reference as clampReference } from "../../kernels/elementwise/clamp.ts";
import { reference as whereReference } from "../../kernels/elementwise/where.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import {
  clamp,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
  where,
} from "./compare.ts";

const special = [0, -0, 1, -1, 2, Infinity, -Infinity, Number.NaN];
const column = {
  shape: [special.length, 1],
  fill: (i: number) => special[i] as number,
  grad: false,
};
const row = { shape: [special.length], fill: (i: number) => special[i] as number, grad: false };
const scalar = (value: number): HostTensor => ({ shape: [], data: [value] });

/** Compares every special number with every other, and a row with a number. */
const comparison = (
  op: BinaryOp,
  run: (a: Tensor, b: Tensor) => Tensor,
  withNumber?: (a: Tensor, b: number) => Tensor,
): OpCase[] => [
  {
    name: "special numbers, broadcast",
    inputs: [column, row],
    run,
    reference: (a, b) => binaryReference({ a, b }, { op }).c,
    shape: [special.length, special.length],
    tolerance: "exact",
  },
  ...(withNumber
    ? [
        {
          name: "with a number",
          inputs: [row],
          run: (a: Tensor) => withNumber(a, 1),
          reference: (a: HostTensor) => binaryReference({ a, b: scalar(1) }, { op }).c,
          tolerance: "exact",
        } as const,
      ]
    : []),
];

/** A condition with the pattern 1, 0, 0. */
const condition = (...shape: number[]) => ({
  shape,
  fill: (i: number) => (i % 3 === 0 ? 1 : 0),
  grad: false,
});

export const cases: OpCases = {
  equal: comparison("equal", equal, equal),
  notEqual: comparison("not_equal", notEqual, notEqual),
  less: comparison("less", less, less),
  lessEqual: comparison("less_equal", lessEqual, lessEqual),
  greater: comparison("greater", greater, greater),
  greaterEqual: comparison("greater_equal", greaterEqual, greaterEqual),
  logicalAnd: comparison("logical_and", logicalAnd),
  logicalOr: comparison("logical_or", logicalOr),
  logicalXor: comparison("logical_xor", logicalXor),
  logicalNot: [
    {
      name: "special numbers",
      inputs: [row],
      run: (x) => logicalNot(x),
      reference: (x) => binaryReference({ a: x, b: scalar(0) }, { op: "equal" }).c,
      tolerance: "exact",
    },
  ],
  where: [
    {
      name: "equal shapes",
      inputs: [condition(3, 7), { shape: [3, 7] }, { shape: [3, 7] }],
      run: (c, a, b) => where(c, a, b),
      reference: (c, a, b) => whereReference({ condition: c, a, b }, {}).y,
    },
    {
      name: "all broadcast, gradients summed",
      inputs: [condition(4, 1), { shape: [5] }, { shape: [2, 1, 1] }],
      run: (c, a, b) => where(c, a, b),
      reference: (c, a, b) => whereReference({ condition: c, a, b }, {}).y,
      shape: [2, 4, 5],
    },
    {
      name: "a number on either side",
      inputs: [condition(6), { shape: [6] }],
      run: (c, x) => [where(c, x, -1), where(c, 2, x)],
      reference: (c, x) => [
        whereReference({ condition: c, a: x, b: scalar(-1) }, {}).y,
        whereReference({ condition: c, a: scalar(2), b: x }, {}).y,
      ],
    },
  ],
  clamp: [
    {
      name: "both bounds",
      inputs: [{ shape: [5, 9] }],
      run: (x) => clamp(x, { min: -1, max: 0.5 }),
      reference: (x) => clampReference({ x }, { min: -1, max: 0.5 }).y,
    },
    {
      name: "only max",
      inputs: [{ shape: [17] }],
      run: (x) => clamp(x, { max: 0.25 }),
      reference: (x) => clampReference({ x }, { max: 0.25 }).y,
    },
    {
      name: "safety: NaN and infinities",
      inputs: [row],
      run: (x) => clamp(x, { min: -1 }),
      reference: (x) => clampReference({ x }, { min: -1 }).y,
      tolerance: "exact",
    },
  ],
};
