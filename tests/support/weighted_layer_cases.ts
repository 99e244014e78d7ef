import * as nn from "../../src/nn/index.ts";
import { asImage, asKernel, asLine, image, type LayerCase, line, weightOf } from "./layer_cases.ts";
import {
  channelOf,
  conv,
  convTransposed,
  each,
  type Host,
  type LayerReference,
  linear,
  normalized,
  type State,
} from "./layer_references.ts";

/** The entries of a state dict below a name. */
const below = (state: State, name: string): State =>
  Object.fromEntries(
    Object.entries(state).flatMap(([key, value]) =>
      key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value]] : [],
    ),
  );

/** Normalised within the groups that `groupOf` gives for x's elements; γ and β are indexed by `of`. */
const norm =
  (
    groupOf: (x: Host) => (i: number) => number,
    of: (x: Host) => (i: number) => number = channelOf,
    options: { readonly eps?: number; readonly rms?: boolean } = {},
  ): LayerReference =>
  (x, { weight: gamma, bias: beta }) => {
    const affine = { of: of(x), ...(gamma && { gamma }), ...(beta && { beta }) };
    return normalized(x, groupOf(x), affine, options);
  };

const cellsOf = ({ shape }: Host, axes: number) => shape.slice(axes).reduce((a, b) => a * b, 1);
const byBatch = norm(channelOf);
const bySample = (x: Host) => (i: number) => Math.floor(i / cellsOf(x, 2));
const last = (n: number) => () => (i: number) => i % n;
const relu = each((x) => Math.max(x, 0));
const plus = (a: Host, b: Host): Host => ({
  shape: a.shape,
  data: Array.from(a.data, (value, i) => value + (b.data[i] as number)),
});
const layer = (x: Host, state: State, name: string, options = {}) =>
  conv(x, weightOf(below(state, name)), undefined, options);
const normed = (x: Host, state: State, name: string) => byBatch(x, below(state, name));
const wide = { padding: 1 };
const activated = (x: Host) => relu(x, {});

const shortcut = (x: Host, state: State): Host =>
  state["downsample.0.weight"] ? normed(layer(x, state, "downsample.0"), state, "downsample.1") : x;

const basic: LayerReference = (x, state) => {
  const h = activated(normed(layer(x, state, "conv1", wide), state, "bn1"));
  return activated(plus(normed(layer(h, state, "conv2", wide), state, "bn2"), shortcut(x, state)));
};

const bottleneck: LayerReference = (x, state) => {
  const a = activated(normed(layer(x, state, "conv1"), state, "bn1"));
  const b = activated(normed(layer(a, state, "conv2", wide), state, "bn2"));
  return activated(plus(normed(layer(b, state, "conv3"), state, "bn3"), shortcut(x, state)));
};

const preactivation: LayerReference = (x, state) => {
  const h = activated(normed(x, state, "bn1"));
  const f = activated(normed(layer(h, state, "conv1", wide), state, "bn2"));
  return plus(layer(f, state, "conv2", wide), layer(h, state, "downsample"));
};

const preactivationBottleneck: LayerReference = (x, state) => {
  const h = activated(normed(x, state, "bn1"));
  const a = activated(normed(layer(h, state, "conv1"), state, "bn2"));
  const b = activated(normed(layer(a, state, "conv2", wide), state, "bn3"));
  return plus(layer(b, state, "conv3"), layer(h, state, "downsample"));
};

export const weightedCases: Readonly<Record<string, LayerCase>> = {
  Linear: {
    make: () => new nn.Linear(4, 3),
    x: [2, 5, 4],
    reference: (x, state) => linear(x, weightOf(state), state.bias),
  },
  Embedding: {
    make: () => new nn.Embedding(4, 3),
    x: [2, 3],
    indices: true,
    reference: (x, state) => ({
      shape: [2, 3, 3],
      data: Array.from(x.data).flatMap((row) =>
        Array.from(weightOf(state).data).slice(3 * row, 3 * row + 3),
      ),
    }),
  },
  Conv2d: {
    make: () => new nn.Conv2d(4, 6, 3, { stride: 2, padding: 1, groups: 2 }),
    x: image,
    reference: (x, state) =>
      conv(x, weightOf(state), state.bias, { stride: 2, padding: 1, groups: 2 }),
  },
  Conv1d: {
    make: () => new nn.Conv1d(4, 3, 3, { stride: 2, padding: 1 }),
    x: line,
    reference: (x, state) =>
      asLine(conv(asImage(x), asKernel(state.weight), state.bias, { stride: 2, padding: 1 })),
  },
  ConvTranspose2d: {
    make: () => new nn.ConvTranspose2d(4, 3, 3, { stride: 2, padding: 1 }),
    x: image,
    reference: (x, state) =>
      convTransposed(x, weightOf(state), state.bias, { stride: 2, padding: 1 }),
  },
  ConvTranspose1d: {
    make: () => new nn.ConvTranspose1d(4, 3, 3, { stride: 2, padding: 1 }),
    x: line,
    reference: (x, state) =>
      asLine(
        convTransposed(asImage(x), asKernel(state.weight), state.bias, { stride: 2, padding: 1 }),
      ),
  },
  BatchNorm1d: { make: () => new nn.BatchNorm1d(4), x: line, reference: byBatch },
  BatchNorm2d: { make: () => new nn.BatchNorm2d(4), x: image, reference: byBatch },
  BatchNorm3d: { make: () => new nn.BatchNorm3d(4), x: [2, 4, 2, 3, 2], reference: byBatch },
  InstanceNorm1d: { make: () => new nn.InstanceNorm1d(4), x: line, reference: norm(bySample) },
  InstanceNorm2d: {
    make: () => new nn.InstanceNorm2d(4, { affine: true }),
    x: image,
    reference: norm(bySample),
  },
  GroupNorm: {
    make: () => new nn.GroupNorm(2, 4),
    x: image,
    reference: norm((x) => (i) => Math.floor(i / (2 * cellsOf(x, 2)))),
  },
  LayerNorm: {
    make: () => new nn.LayerNorm([5, 6]),
    x: image,
    reference: norm(() => (i) => Math.floor(i / 30), last(30)),
  },
  RMSNorm: {
    make: () => new nn.RMSNorm(6),
    x: image,
    reference: norm(() => (i) => Math.floor(i / 6), last(6), { eps: 2 ** -23, rms: true }),
  },
  Sequential: {
    make: () => new nn.Sequential(new nn.Linear(4, 3), new nn.Tanh(), new nn.Linear(3, 2)),
    x: [5, 4],
    reference: (x, state) => {
      const [a, b] = [below(state, "0"), below(state, "2")];
      const h = each(Math.tanh)(linear(x, weightOf(a), a.bias), {});
      return linear(h, weightOf(b), b.bias);
    },
  },
  Concat: {
    make: () => new nn.Concat({ left: new nn.Conv2d(4, 3, 1), right: new nn.Tanh() }),
    x: image,
    reference: (x, state) => {
      const left = conv(x, weightOf(below(state, "left")), below(state, "left").bias);
      const right = each(Math.tanh)(x, {});
      const cells = (side: Host, n: number) =>
        Array.from(side.data).slice((n * side.data.length) / 2, ((n + 1) * side.data.length) / 2);
      return {
        shape: [2, 7, 5, 6],
        data: [0, 1].flatMap((n) => [...cells(left, n), ...cells(right, n)]),
      };
    },
  },
  BasicBlock: {
    make: () => new nn.BasicBlock(4, 6),
    x: [2, 4, 4, 4],
    reference: basic,
    tolerance: 1e-4,
  },
  Bottleneck: {
    make: () => new nn.Bottleneck(4, 8, { width: 4 }),
    x: [2, 4, 4, 4],
    reference: bottleneck,
    tolerance: 1e-4,
  },
  PreActivationBlock: {
    make: () => new nn.PreActivationBlock(4, 6),
    x: [2, 4, 4, 4],
    reference: preactivation,
    tolerance: 1e-4,
  },
  PreActivationBottleneck: {
    make: () => new nn.PreActivationBottleneck(4, 8),
    x: [2, 4, 4, 4],
    reference: preactivationBottleneck,
    tolerance: 1e-4,
  },
};
