import { conv2d } from "../../../ops/conv/conv.ts";
import { convTranspose2d } from "../../../ops/conv/conv_transpose.ts";
import { add } from "../../../ops/elementwise/elementwise.ts";
import { cast } from "../../../ops/elementwise/precision.ts";
import { embedding } from "../../../ops/index/embedding.ts";
import { matmul } from "../../../ops/matmul/matmul.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { pad, slice } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import {
  channelsFirst,
  channelsLast,
  imagesLast,
  type LayerCall,
  type LayerImport,
  only,
  refusals,
  type WeightKind,
} from "../layer.ts";
import { activated, activationIn, knownActivation } from "./activations.ts";

const paddings = /* @__PURE__ */ only("padding", "valid", "valid", "same");
const images = /* @__PURE__ */ refusals(imagesLast, paddings, knownActivation);

const bias = (config: Config): WeightKind[] =>
  config.flag("use_bias", true) ? [{ name: "bias", rank: 1 }] : [];

/** [rows, columns, in, out] as [out, in, rows, columns]. */
const kernel = (name: string): WeightKind => ({ name, rank: 4, order: [3, 2, 0, 1] });

/** [rows, columns, in, multiplier] as [in · multiplier, 1, rows, columns]. */
const depthwise: WeightKind = {
  name: "depthwise_kernel",
  rank: 4,
  order: [2, 3, 0, 1],
  shape: ([channels = 1, multiplier = 1, ...window]) => [channels * multiplier, 1, ...window],
};

const windowOf = (config: Config) => ({
  stride: config.pair("strides", 1),
  dilation: config.pair("dilation_rate", 1),
  padding: config.text("padding", "valid") === "same" ? ("same" as const) : 0,
});

function convolved(
  { config, x, weight, optional }: LayerCall,
  name: string,
  groups: number,
): Tensor {
  const { act, rest } = activationIn(config);
  const window = windowOf(config);
  return rest(conv2d(x, weight(name), { ...window, groups, bias: optional("bias"), act }));
}

/** A depthwise convolution, then a 1 × 1 convolution. */
function separable({ config, x, weight, optional }: LayerCall): Tensor {
  const { act, rest } = activationIn(config);
  const groups = x.shape[1] ?? 1;
  const each = conv2d(x, weight("depthwise_kernel"), { ...windowOf(config), groups });
  return rest(conv2d(each, weight("pointwise_kernel"), { bias: optional("bias"), act }));
}

/**
 * The transposed convolution without cropping, of which "same" keeps n · stride cells, like the gradient of a convolution
 * of that many cells; parts that no window reaches are 0.
 */
function transposed({ config, x, weight, optional }: LayerCall): Tensor {
  const stride = config.pair("strides", 1);
  const filter = weight("kernel");
  const whole = convTranspose2d(x, filter, { stride });
  const axes = ([0, 1] as const).map((axis) => {
    const [n, k] = [x.shape[axis + 2] as number, filter.shape[axis + 2] as number];
    const same = config.text("padding", "valid") === "same";
    const length = n * stride[axis] + (same ? 0 : Math.max(k - stride[axis], 0));
    const start = same ? Math.max(k - stride[axis], 0) >> 1 : 0;
    return {
      start,
      end: start + length,
      more: Math.max(start + length - ((n - 1) * stride[axis] + k), 0),
    };
  });
  const ends = axes.map(({ more }): [number, number] => [0, more]);
  const long = axes.some(({ more }) => more > 0) ? pad(whole, [[0, 0], [0, 0], ...ends]) : whole;
  const cut = slice(long, [{}, {}, ...axes.map(({ start, end }) => ({ start, end }))]);
  const b = optional("bias");
  return b ? add(cut, reshape(b, [b.size, 1, 1])) : cut;
}

/** A linear layer along the last axis, the channels of images. */
function dense({ config, x, weight, optional }: LayerCall): Tensor {
  const { act, rest } = activationIn(config);
  const rows = channelsLast(x);
  const inputs = rows.shape.at(-1) ?? 1;
  const flat = rows.shape.length === 2 ? rows : reshape(rows, [rows.size / inputs, inputs]);
  const y = matmul(flat, weight("kernel"), { bias: optional("bias"), act });
  if (rows.shape.length === 2) return rest(y);
  return rest(channelsFirst(reshape(y, [...rows.shape.slice(0, -1), y.shape[1] as number])));
}

const conv: LayerImport = {
  weights: (config) => [kernel("kernel"), ...bias(config)],
  refuse: images,
  run: (call) => convolved(call, "kernel", call.config.number("groups", 1)),
};

/** Products and convolutions, by their names in files. */
export const products: Readonly<Record<string, LayerImport>> = {
  Dense: {
    weights: (config) => [{ name: "kernel", rank: 2 }, ...bias(config)],
    refuse: knownActivation,
    run: dense,
  },
  Conv2D: conv,
  Convolution2D: conv,
  DepthwiseConv2D: {
    weights: (config) => [depthwise, ...bias(config)],
    refuse: images,
    run: (call) => convolved(call, "depthwise_kernel", call.x.shape[1] ?? 1),
  },
  SeparableConv2D: {
    weights: (config) => [depthwise, kernel("pointwise_kernel"), ...bias(config)],
    refuse: images,
    run: separable,
  },
  Conv2DTranspose: {
    weights: (config) => [kernel("kernel"), ...bias(config)],
    refuse: refusals(images, (config) =>
      config.pair("dilation_rate", 1).some((n) => n !== 1) ||
      config.raw("output_padding") !== undefined
        ? "it has a dilation or an output padding"
        : undefined,
    ),
    run: (call) => activated(call.config, transposed(call)),
  },
  Embedding: {
    weights: () => [{ name: "embeddings", rank: 2 }],
    refuse: (config) => (config.flag("mask_zero", false) ? "it masks zeros" : undefined),
    run: ({ x, weight }) => {
      const whole = x.dtype === "u32" ? x : cast(x, "u32");
      return embedding(whole, weight("embeddings"));
    },
  },
};
