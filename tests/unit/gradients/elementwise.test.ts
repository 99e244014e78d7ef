import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import { broadcastShapes, size } from "../../../src/core/shape.ts";
import { accumulate } from "../../../src/kernels/elementwise/accumulate.ts";
import * as activate from "../../../src/kernels/elementwise/activate.ts";
import * as activateGrad from "../../../src/kernels/elementwise/activate_grad.ts";
import {
  type Activation,
  type ActivationOptions,
  activations,
  hostilePoints,
  parametrised,
  toldByResult,
} from "../../../src/kernels/elementwise/activations.ts";
import * as binary from "../../../src/kernels/elementwise/binary.ts";
import * as binaryGrad from "../../../src/kernels/elementwise/binary_grad.ts";
import { floatOps } from "../../../src/kernels/elementwise/binary_ops.ts";
import { normalCdf } from "../../../src/kernels/elementwise/normal.ts";
import * as unary from "../../../src/kernels/elementwise/unary.ts";
import * as unaryGrad from "../../../src/kernels/elementwise/unary_grad.ts";
import { type UnaryOp, unaryOps } from "../../../src/kernels/elementwise/unary_ops.ts";
import * as reduce from "../../../src/kernels/reduce/reduce.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const tensor = (shape: readonly number[], data: ArrayLike<number>) => ({ shape, data });
/** −9 to 9 in steps that avoid the kinks at 0 and 6. */
const line = Float64Array.from({ length: 73 }, (_, i) => (i - 36) * 0.25 + 0.013);

const choices: ActivationOptions[] = [
  ...(Object.keys(activations) as Activation[]).map((act) => ({ act })),
  { act: "leaky_relu", slope: -0.3 },
  { act: "elu", alpha: 0.7 },
  ...parametrised,
];

describe("activations", () => {
  test.each(choices)("the derivative of %o agrees with central differences", (options) => {
    const forward = (x: Float64Array) => activate.reference({ x: tensor([73], x) }, options).y;
    const upstream = upstreamFor(73);
    const inputs = { x: tensor([73], line), dy: tensor([73], upstream) };
    const { dx } = activateGrad.reference(inputs, options);
    expect(gradientDefect("dx", dx, numericalGradient(forward, line, upstream))).toBe("");
  });

  test("where the result tells the derivative, act′(act(z)) = act′(z)", () => {
    const more: ActivationOptions[] = [
      { act: "leaky_relu", slope: 0 },
      { act: "leaky_relu", slope: 0.3 },
      { act: "hardtanh", minVal: 1, maxVal: 2 },
      { act: "hardshrink", lambd: 0 },
    ];
    const told = [...choices, ...more].filter(toldByResult);
    expect(told.length).toBeGreaterThan(8);
    for (const { act, ...parameters } of told) {
      const { value, grad } = activations[act];
      for (const z of hostilePoints) {
        const found = grad(value(z, parameters), parameters);
        expect(found, `${act} at ${z}`).toBe(grad(z, parameters));
      }
    }
    expect(toldByResult({ act: "leaky_relu", slope: -2 })).toBe(false);
    expect(toldByResult({ act: "silu" })).toBe(false);
  });

  test("kinks have PyTorch's derivatives", () => {
    expect(activations.relu.grad(0)).toBe(0);
    expect(activations.relu6.grad(0)).toBe(0);
    expect(activations.relu6.grad(6)).toBe(0);
    expect(activations.leaky_relu.grad(0)).toBe(0.01);
    expect(activations.elu.grad(0, { alpha: 0.7 })).toBe(0.7);
    expect(activations.celu.grad(0, { alpha: 0.7 })).toBe(1);
    expect([-3, 3].map((x) => activations.hardswish.grad(x))).toEqual([0, 1]);
    expect([-3, 3].map((x) => activations.hardsigmoid.grad(x))).toEqual([0, 0]);
    expect([-1, 1].map((x) => activations.hardtanh.grad(x))).toEqual([0, 0]);
    expect([-0.5, 0.5].map((x) => activations.softshrink.grad(x))).toEqual([0, 0]);
    expect([-0.5, 0.5].map((x) => activations.hardshrink.grad(x))).toEqual([0, 0]);
    expect(activations.softplus.grad(20)).toBeLessThan(1);
    expect(activations.softplus.value(20.01)).toBe(20.01);
  });

  test("values agree with published tables", () => {
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316300946, 15);
    expect(normalCdf(-6) / 9.865876450376981e-10).toBeCloseTo(1, 12);
    expect(activations.mish.value(1)).toBeCloseTo(0.8650983882673103, 14);
    expect(activations.selu.value(-1)).toBeCloseTo(-1.1113307378125625, 14);
    expect(activations.gelu_tanh.value(1)).toBeCloseTo(0.8411919906082768, 14);
    expect(activations.hardswish.value(-1)).toBeCloseTo(-1 / 3, 14);
    expect(activations.logsigmoid.value(0)).toBeCloseTo(-Math.LN2, 14);
  });

  test("a parameter that is not finite is refused", () => {
    expect(() => activate.activate.plan({ x: [1] }, { act: "elu", alpha: Number.NaN })).toThrow(
      ValueError,
    );
  });

  test("a parameter outside its domain is refused with what was expected", () => {
    const plan = (options: ActivationOptions) => () => activate.activate.plan({ x: [1] }, options);
    expect(plan({ act: "celu", alpha: 0 })).toThrow("celu: expected alpha > 0, got 0");
    expect(plan({ act: "softplus", beta: -1 })).toThrow("softplus: expected beta > 0, got -1");
    expect(plan({ act: "hardtanh", minVal: 2 })).toThrow("expected minVal < maxVal, got 2 and 1");
    expect(plan({ act: "softshrink", lambd: -1 })).toThrow("expected lambd ≥ 0, got -1");
    expect(plan({ act: "elu", alpha: 0 })).not.toThrow();
    expect(plan({ act: "hardshrink", lambd: 0 })).not.toThrow();
  });

  test("a parameter belongs to its activation", () => {
    // @ts-expect-error relu takes no slope
    const wrong: ActivationOptions = { act: "relu", slope: 1 };
    expect(wrong.act).toBe("relu");
  });
});

describe("unary", () => {
  const positive = line.map((x) => Math.abs(x) / 4 + 0.1);

  test.each(Object.keys(unaryOps) as UnaryOp[])("the derivative of %s", (op) => {
    const forward = (x: Float64Array) => unary.reference({ x: tensor([73], x) }, { op }).y;
    const upstream = upstreamFor(73);
    const inputs = { x: tensor([73], positive), dy: tensor([73], upstream) };
    const { dx } = unaryGrad.reference(inputs, { op });
    expect(gradientDefect("dx", dx, numericalGradient(forward, positive, upstream))).toBe("");
  });
});

describe("binary", () => {
  const random = seeded(5);
  const shapes = [
    [
      [3, 4],
      [3, 4],
    ],
    [
      [2, 3, 4],
      [3, 1],
    ],
    [
      [1, 4],
      [3, 1],
    ],
    [[], [5]],
  ] as const;
  const all = floatOps.flatMap((op) =>
    shapes.flatMap(([a, b]) => (["a", "b"] as const).map((of) => ({ op, a, b, of }))),
  );

  test.each(all)("gradient of $op, $a and $b, of $of", ({ op, a, b, of }) => {
    const c = broadcastShapes("test", a, b);
    const operands = {
      a: tensor(
        a,
        Float64Array.from({ length: size(a) }, () => random() + 0.5),
      ),
      b: tensor(
        b,
        Float64Array.from({ length: size(b) }, () => random() * 2 + 0.5),
      ),
    };
    const forward = (data: Float64Array) =>
      binary.reference({ ...operands, [of]: tensor(operands[of].shape, data) }, { op }).c;
    const upstream = upstreamFor(size(c));
    const { dop } = binaryGrad.reference({ ...operands, dc: tensor(c, upstream) }, { op, of });
    const own = operands[of].shape;
    const repeated = c.flatMap((n, k) => {
      const mine = own[k - c.length + own.length] ?? 1;
      return mine === n ? [] : [k];
    });
    const { y } = reduce.reference({ x: tensor(c, dop) }, { op: "sum", axes: repeated });
    const numerical = numericalGradient(forward, operands[of].data as Float64Array, upstream);
    expect(gradientDefect(`d${of}`, y, numerical)).toBe("");
  });

  test("shapes that do not broadcast are refused by name", () => {
    expect(() => binary.binary.plan({ a: [2, 3], b: [4] }, { op: "add" })).toThrow(/binary add/);
    expect(() => accumulate.plan({ dst: [2, 3], src: [5] }, { scale: 1 })).toThrow(ShapeError);
  });

  test("equal shapes and scalars collapse to one axis", () => {
    const rank = (a: readonly number[], b: readonly number[]) =>
      binary.binary.plan({ a, b }, { op: "add" }).params.rank;
    expect(rank([2, 3, 4], [2, 3, 4])).toBe(1);
    expect(rank([2, 3, 4], [])).toBe(1);
    expect(rank([2, 3, 4, 5], [3, 1, 1])).toBe(3);
  });
});
