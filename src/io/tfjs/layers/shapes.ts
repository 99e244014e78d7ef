import {
  add,
  affine,
  div,
  maximum,
  minimum,
  mul,
  sub,
} from "../../../ops/elementwise/elementwise.ts";
import { interpolate } from "../../../ops/image/interpolate.ts";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../../../ops/pool/pool.ts";
import { dropout2d } from "../../../ops/random/dropout.ts";
import { dropout } from "../../../ops/random/random.ts";
import { max, mean } from "../../../ops/reduce/reduce.ts";
import { flatten, reshape } from "../../../ops/shape/reshape.ts";
import { concat, pad, permute, slice } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import {
  axisHere,
  channelsFirst,
  channelsLast,
  imagesLast,
  type LayerImport,
  only,
  refusals,
} from "../layer.ts";

const pooling = (config: Config) => ({
  kernelSize: config.pair("pool_size", 2),
  stride: config.pair("strides", config.pair("pool_size", 2)),
  padding: config.text("padding", "valid") === "same" ? ("same" as const) : 0,
});

const windows = /* @__PURE__ */ refusals(
  imagesLast,
  /* @__PURE__ */ only("padding", "valid", "valid", "same"),
);

/** Pools all cells of images, whose axes may be kept with length 1. */
const overall = (pool: (x: Tensor) => Tensor): LayerImport => ({
  refuse: imagesLast,
  run: ({ config, x }) => (config.flag("keepdims", false) ? pool(x) : flatten(pool(x))),
});

const spatial = { axes: [2, 3], keepDims: true };

const pools: Readonly<Record<string, LayerImport>> = {
  MaxPooling2D: { refuse: windows, run: ({ config, x }) => maxPool2d(x, pooling(config)) },
  AveragePooling2D: {
    refuse: windows,
    run: ({ config, x }) => avgPool2d(x, { ...pooling(config), countIncludePad: false }),
  },
  GlobalAveragePooling2D: overall(globalAvgPool2d),
  GlobalMaxPooling2D: overall((x) => max(x, spatial)),
  GlobalAveragePooling1D: { run: ({ x }) => mean(x, { axes: [1] }) },
  GlobalMaxPooling1D: { run: ({ x }) => max(x, { axes: [1] }) },
};

/** A layer that combines any number of inputs. */
const merging = (work: (a: Tensor, b: Tensor) => Tensor): LayerImport => ({
  run: ({ inputs }) => inputs.reduce((a, b) => work(a, b)),
});

const merges: Readonly<Record<string, LayerImport>> = {
  ...{ Add: merging(add), Subtract: merging(sub), Multiply: merging(mul) },
  ...{ Maximum: merging(maximum), Minimum: merging(minimum) },
  Average: {
    run: ({ inputs }) =>
      div(
        inputs.reduce((a, b) => add(a, b)),
        inputs.length,
      ),
  },
  Concatenate: {
    run: ({ config, inputs, x }) =>
      concat(inputs, axisHere(config.integers("axis", -1)[0] ?? -1, x.shape.length) ?? 1),
  },
};

/** Applies a function that expects channels last, as files of TensorFlow.js store images, to an image with channels first. */
const asStored = (x: Tensor, work: (x: Tensor) => Tensor): Tensor =>
  channelsFirst(work(channelsLast(x)));

const training = (drop: (x: Tensor, p: number) => Tensor): LayerImport => ({
  run: ({ config, x, training: drops }) => (drops ? drop(x, config.number("rate", 0.5)) : x),
});

/** Pools, merges and shapes, by their names in files. */
export const shapes: Readonly<Record<string, LayerImport>> = {
  ...{ ...pools, ...merges },
  Flatten: {
    refuse: imagesLast,
    run: ({ x }) => {
      const [n = 1, , ...cells] = x.shape;
      const single = cells.every((length) => length === 1);
      return reshape(single ? x : channelsLast(x), [n, x.size / n]);
    },
  },
  Reshape: {
    run: ({ config, x }) =>
      asStored(x, (h) =>
        reshape(h, [x.shape[0] as number, ...config.integers("target_shape", [])]),
      ),
  },
  Permute: {
    run: ({ config, x }) => asStored(x, (h) => permute(h, [0, ...config.integers("dims", [])])),
  },
  Dropout: training(dropout),
  SpatialDropout2D: training(dropout2d),
  ActivityRegularization: { run: ({ x }) => x },
  ZeroPadding2D: {
    refuse: imagesLast,
    run: ({ config, x }) => pad(x, [[0, 0], [0, 0], ...config.sides("padding", 1)]),
  },
  Cropping2D: {
    refuse: imagesLast,
    run: ({ config, x }) => {
      const sides = config.sides("cropping", 0);
      const ranges = sides.map(([before, after], axis) => ({
        start: before,
        end: (x.shape[axis + 2] as number) - after,
      }));
      return slice(x, [{}, {}, ...ranges]);
    },
  },
  UpSampling2D: {
    refuse: refusals(imagesLast, only("interpolation", "nearest", "nearest")),
    run: ({ config, x }) => interpolate(x, { scaleFactor: config.pair("size", 2) }),
  },
  Rescaling: {
    run: ({ config, x }) =>
      affine(x, { factor: config.number("scale", 1), shift: config.number("offset", 0) }),
  },
};
