import * as nn from "../../src/nn/index.ts";
import { image, type LayerCase } from "./layer_cases.ts";
import {
  channelOf,
  conv,
  each,
  type Host,
  type LayerReference,
  normalized,
  picked,
  type State,
  windowed,
} from "./layer_references.ts";

const hostOf = (state: State, name: string): Host => state[name] ?? { shape: [], data: [] };
const relu = each((x) => Math.max(x, 0));
const sigmoid = each((x) => 1 / (1 + Math.exp(-x)));

/** x[n, c, h, w] times a factor that is computed from the means of the planes. */
const excited: LayerReference = (x, state) => {
  const mean = windowed(x, [1, 1], () => [0, 6], (cells) => cells.reduce((a, b) => a + b, 0) / cells.length); // biome-ignore format: one call
  const layer = (h: Host, name: string) =>
    conv(h, hostOf(state, `${name}.weight`), state[`${name}.bias`]);
  const scale = sigmoid(layer(relu(layer(mean, "fc1"), {}), "fc2"), {});
  const [, , h = 1, w = 1] = x.shape;
  const data = Array.from(
    x.data,
    (value, i) => value * (scale.data[Math.floor(i / (h * w))] as number),
  );
  return { shape: x.shape, data };
};

/** x over (k + alpha/size · Σ x²)^beta, the sum over `size` channels. */
const local =
  (size: number, alpha: number, beta: number, k: number): LayerReference =>
  (x) => {
    const [, c = 1, ...plane] = x.shape;
    const cells = plane.reduce((a, b) => a * b, 1);
    const data = Array.from(x.data, (value, i) => {
      const channel = Math.floor(i / cells) % c;
      const first = channel - Math.floor(size / 2);
      let sum = 0;
      for (let j = first; j < first + size; j++) {
        if (j >= 0 && j < c) sum += (x.data[i + (j - channel) * cells] as number) ** 2;
      }
      return value / (k + (alpha / size) * sum) ** beta;
    });
    return { shape: x.shape, data };
  };

/** Normalised over the channels of each pixel. */
const pixels: LayerReference = (x, { weight: gamma, bias: beta }) => {
  const [, c = 1, h = 1, w = 1] = x.shape;
  const pixel = (i: number) => Math.floor(i / (c * h * w)) * h * w + (i % (h * w));
  const affine = { of: channelOf(x), ...(gamma && { gamma }), ...(beta && { beta }) };
  return normalized(x, pixel, affine);
};

export const blockCases: Readonly<Record<string, LayerCase>> = {
  SqueezeExcitation: {
    make: () => new nn.SqueezeExcitation(4, 2),
    x: image,
    reference: excited,
  },
  StochasticDepth: {
    make: () => new nn.StochasticDepth(0.5).eval(),
    x: image,
    reference: each((x) => x),
  },
  ChannelShuffle: {
    make: () => new nn.ChannelShuffle(2),
    x: image,
    reference: (x) =>
      picked(x, image, ([n = 0, c = 0, ...at]) => [n, (c % 2) * 2 + (c >> 1), ...at]),
  },
  LocalResponseNorm: {
    make: () => new nn.LocalResponseNorm(3, { alpha: 0.5, beta: 0.75, k: 2 }),
    x: image,
    reference: local(3, 0.5, 0.75, 2),
  },
  LayerNorm2d: { make: () => new nn.LayerNorm2d(4), x: image, reference: pixels },
  LayerScale: {
    make: () => new nn.LayerScale([4, 1, 1], { init: 0.1 }),
    x: image,
    reference: each((x, channel, { gamma }) => x * (gamma?.data[channel] as number)),
  },
  ConvNormAct: {
    make: () => new nn.ConvNormAct(4, 4, { kernelSize: [3, 1], stride: 2, groups: 2 }),
    x: image,
    reference: (x, state) => {
      const padded = picked(x, [2, 4, 7, 6], ([n = 0, c = 0, h = 0, w = 0]) =>
        h >= 1 && h <= 5 ? [n, c, h - 1, w] : undefined,
      );
      const h = conv(padded, hostOf(state, "0.weight"), undefined, { stride: 2, groups: 2 });
      const affine = {
        ...{ of: channelOf(h), gamma: hostOf(state, "1.weight"), beta: hostOf(state, "1.bias") },
      };
      return relu(normalized(h, channelOf(h), affine), {});
    },
  },
};
