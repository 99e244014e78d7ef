import { type Act, type Activation, activations } from "../../kernels/elementwise/activations.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { NormGrouping } from "../../kernels/norm/geometry.ts";
import { reference as inferenceReference } from "../../kernels/norm/inference.ts";
import { reference as statsReference } from "../../kernels/norm/stats.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases, OpInput } from "../op_case.ts";
import { filledOn } from "../shape/create.ts";
import {
  batchNorm,
  groupNorm,
  instanceNorm,
  layerNorm,
  type NormOptions,
  rmsNorm,
} from "./norm.ts";
import { byOwn, follow } from "./norm_reference.ts";

/** The inputs of a case after x, in order. */
type InputNames = readonly ("weight" | "bias" | "residual")[];

const named = <T>(given: InputNames, rest: readonly T[]) =>
  Object.fromEntries(given.map((name, i) => [name, rest[i]])) as Partial<Record<string, T>>;

/** Properties of a case that may be overridden. */
interface Extra extends Partial<OpCase> {
  readonly x?: Partial<OpInput>;
  readonly act?: Act;
  readonly eps?: number;
}

/** A norm: its operation, its rows, and the shape of its γ. */
interface NormOfCase {
  readonly norm: NormGrouping;
  readonly shape: readonly number[];
  readonly affine: readonly number[];
  readonly call: (x: Tensor, options: NormOptions) => Tensor;
}

/** A case of a norm with its own statistics, with gradients of all inputs. */
function own(
  { norm, shape, affine, call }: NormOfCase,
  name: string,
  given: InputNames,
  extra: Extra = {},
): OpCase {
  const { x = {}, act, eps, ...rest } = extra;
  const options = { ...(act && { act }), ...(eps !== undefined && { eps }) };
  const at = x.shape ?? shape;
  const shapes = { weight: affine, bias: affine, residual: at };
  return {
    name,
    inputs: [{ shape: at, ...x }, ...given.map((each) => ({ shape: shapes[each] }))],
    run: (first, ...others) => call(first as Tensor, { ...named(given, others), ...options }),
    reference: (first, ...others) =>
      byOwn(first as HostTensor, norm, { ...named(given, others), ...options }),
    ...rest,
  };
}

const kinds = {
  batch: {
    norm: { kind: "batch" },
    shape: [3, 2, 2, 2],
    affine: [2],
    call: (x, options) => batchNorm(x, { ...options, training: true }),
  },
  group: {
    norm: { kind: "group", groups: 2 },
    shape: [2, 4, 3],
    affine: [4],
    call: (x, options) => groupNorm(x, 2, options),
  },
  instance: {
    norm: { kind: "instance" },
    shape: [2, 2, 2, 3],
    affine: [2],
    call: (x, options) => instanceNorm(x, options),
  },
  layer: {
    norm: { kind: "layer", axes: 2 },
    shape: [4, 2, 3],
    affine: [2, 3],
    call: (x, options) => layerNorm(x, [2, 3], options),
  },
  rms: {
    norm: { kind: "rms", axes: 1 },
    shape: [4, 6],
    affine: [6],
    call: (x, { weight, act, residual, eps }) => rmsNorm(x, [6], { weight, act, residual, eps }),
  },
} satisfies Record<string, NormOfCase>;

const all: InputNames = ["weight", "bias", "residual"];
/** Mean 1e4 times the deviation: the step of differences must be far smaller than the deviation. */
const far = (_: number, random: () => number) => 1e4 + 2 * Math.sqrt(3) * (random() - 0.5);
const farStep = { x: { fill: far }, step: 1e-8 };

const shiftOnly = (kind: NormOfCase): OpCase[] => [
  own(kind, "β alone", ["bias"]),
  own(kind, "β alone, then gelu", ["bias"], { act: "gelu" }),
  own(kind, "β and a residual, then relu", ["bias", "residual"], { act: "relu" }),
];

/** Plain, fused and numerically difficult cases of one norm; `affine` are its learned inputs. */
function usual(kind: NormOfCase, affine: InputNames, one: readonly number[]): OpCase[] {
  const constant = { x: { fill: () => 0.5 }, eps: 1e-3 };
  const spoilt = { x: { shape: one, fill: (i: number) => (i % 3 === 1 ? NaN : i) } };
  const [weight = "weight"] = affine;
  return [
    own(kind, "γ and β as it has them", affine),
    own(kind, "nothing learned, eps 0.1", [], { eps: 0.1 }),
    own(kind, "γ alone", [weight]),
    ...(affine.includes("bias") ? shiftOnly(kind) : []),
    own(kind, "relu after γ and β", affine, { act: "relu" }),
    own(kind, "residual without activation", [...affine, "residual"]),
    own(kind, "residual, then gelu", [...affine, "residual"], { act: "gelu" }),
    own(kind, "residual, then relu, nothing learned", ["residual"], { act: "relu" }),
    own(kind, "safety: constant rows, variance 0", affine, constant),
    own(kind, "safety: constant rows, residual and silu", ["residual"], {
      ...constant,
      act: "silu",
    }),
    own(kind, "safety: mean 1e4 times the deviation", affine, farStep),
    own(kind, "safety: mean 1e4 times the deviation, residual and silu", [...affine, "residual"], {
      ...farStep,
      act: "silu",
    }),
    own(kind, "safety: a NaN spoils its whole row", [], spoilt),
    own(kind, "safety: a NaN spoils its whole row, relu", [], { ...spoilt, act: "relu" }),
  ];
}

const everyActivation = (Object.keys(activations) as Activation[]).map((act) =>
  own(kinds.batch, act, ["weight", "bias"], { act }),
);

const positive = (_: number, random: () => number) => 0.5 + random();

/** Batch norm with running statistics: inputs x, mean, variance, then `given`. */
function byRunning(name: string, given: InputNames, act?: Act): OpCase {
  const norm: NormGrouping = { kind: "batch" };
  const shapes = { weight: [2], bias: [2], residual: kinds.batch.shape };
  return {
    name: `by running statistics, ${name}`,
    inputs: [
      { shape: kinds.batch.shape },
      { shape: [2], grad: false },
      { shape: [2], fill: positive, grad: false },
      ...given.map((each) => ({ shape: shapes[each] })),
    ],
    run: (x, mean, variance, ...others) =>
      batchNorm(x as Tensor, {
        ...{ ...named(given, others), act },
        running: { mean: mean as Tensor, variance: variance as Tensor },
        training: false,
      }),
    reference: (x, running_mean, running_var, ...others) => {
      const inputs = { running_mean, running_var } as Record<
        "running_mean" | "running_var",
        HostTensor
      >;
      const data = inferenceReference(inputs, {}).stats;
      const options = { ...named(given, others), ...(act && { act }) };
      return follow(x as HostTensor, { shape: [2, 4], data }, norm, options);
    },
  };
}

/** Training also updates the running statistics, with the unbiased variance. */
const updates = (momentum: number | (() => number)): OpCase => ({
  name: `running statistics move, by a momentum ${typeof momentum === "number" ? "of 0.3" : "that is asked for"}`,
  inputs: [{ shape: [3, 2, 2], grad: false }],
  run: (x) => {
    const on = (value: number) => filledOn((x as Tensor).engine, [2], value);
    const running = { mean: on(0), variance: on(1), momentum };
    return [batchNorm(x as Tensor, { running, training: true }), running.mean, running.variance];
  },
  reference: (x) => {
    const norm: NormGrouping = { kind: "batch" };
    const inputs = {
      x: x as HostTensor,
      running_mean: { shape: [2], data: [0, 0] },
      running_var: { shape: [2], data: [1, 1] },
    };
    const {
      stats,
      running_mean = [],
      running_var = [],
    } = statsReference(inputs, {
      norm,
      momentum: 0.3,
    });
    return [
      follow(x as HostTensor, { shape: [2, 4], data: stats }, norm, {}),
      running_mean,
      running_var,
    ];
  },
});

const batchInput = { shape: kinds.batch.shape };

export const cases: OpCases = {
  batchNorm: [
    ...usual(kinds.batch, ["weight", "bias"], [3, 1]),
    ...everyActivation,
    updates(0.3),
    updates(() => 0.3),
    byRunning("γ and β", ["weight", "bias"]),
    byRunning("nothing learned", []),
    byRunning("β alone", ["bias"]),
    byRunning("residual", all),
    byRunning("relu", ["weight", "bias"], "relu"),
    byRunning("residual and elu", all, { act: "elu", alpha: 0.5 }),
    {
      ...own(kinds.batch, "only the residual wants a gradient", ["residual"], { act: "silu" }),
      inputs: [{ ...batchInput, grad: false }, batchInput],
    },
    {
      ...own(kinds.batch, "the residual wants none", ["residual"], { act: "silu" }),
      inputs: [batchInput, { ...batchInput, grad: false }],
    },
  ],
  groupNorm: usual(kinds.group, ["weight", "bias"], [1, 2, 3]),
  instanceNorm: usual(kinds.instance, ["weight", "bias"], [1, 1, 2, 2]),
  layerNorm: [
    ...usual(kinds.layer, ["weight", "bias"], [1, 2, 3]),
    {
      name: "x is its own residual",
      inputs: [{ shape: [3, 5] }],
      run: (x) => layerNorm(x as Tensor, [5], { residual: x, act: "silu" }),
      reference: (x) =>
        byOwn(
          x as HostTensor,
          { kind: "layer", axes: 1 },
          { residual: x as HostTensor, act: "silu" },
        ),
    },
  ],
  rmsNorm: [
    ...usual(kinds.rms, ["weight"], [1, 6]),
    {
      name: "one row in pieces, the default eps",
      inputs: [{ shape: [1, 16390], grad: false }],
      run: (x) => rmsNorm(x as Tensor, [16390]),
      reference: (x) => byOwn(x as HostTensor, { kind: "rms", axes: 1 }),
    },
  ],
};
