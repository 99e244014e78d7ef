import { sameShape, size } from "../../../core/shape.ts";
import { logSoftmax, softmax } from "../../../ops/activation/softmax.ts";
import { add, div, mul, pow, square, sub } from "../../../ops/elementwise/elementwise.ts";
import { rsqrt } from "../../../ops/elementwise/pointwise.ts";
import { batchNorm, groupNorm, instanceNorm, layerNorm } from "../../../ops/norm/norm.ts";
import { avgPool2d } from "../../../ops/pool/pool.ts";
import { mean } from "../../../ops/reduce/reduce.ts";
import { variance } from "../../../ops/reduce/variance.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { expand } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  axisFrom,
  floatOf,
  intOf,
  type NodeCall,
  type Operator,
  only,
  outputs,
  refusals,
} from "../operator.ts";

/** Normalises by the running statistics; in training by the batch's, which update the model's running ones. */
const batch: Operator = {
  refuse: refusals(only("training_mode", 0), only("spatial", 1), outputs(1, "statistics")),
  run: (call) => {
    const [x, weight, bias] = [call.tensor(0), call.tensor(1), call.tensor(2)];
    const [average, spread] = [call.tensor(3), call.tensor(4)];
    const running = {
      mean: average,
      variance: spread,
      momentum: 1 - floatOf(call, "momentum", 0.9),
    };
    const training = call.training && average.role === "buffer" && spread.role === "buffer";
    return batchNorm(x, { weight, bias, eps: floatOf(call, "epsilon", 1e-5), running, training });
  },
};

const instance: Operator = {
  run: (call) =>
    instanceNorm(call.tensor(0), {
      ...{ weight: call.tensor(1), bias: call.tensor(2), eps: floatOf(call, "epsilon", 1e-5) },
    }),
};

/** Scale and bias are per group up to opset 20, per channel from opset 21. */
const group: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const [groups, channels = 1] = [intOf(call, "num_groups", 1), x.shape[1]];
    const each = (input: number) => {
      const given = call.tensor(input);
      if (given.size === channels) return given;
      return reshape(expand(reshape(given, [groups, 1]), [groups, channels / groups]), [channels]);
    };
    return groupNorm(x, groups, {
      weight: each(1),
      bias: each(2),
      eps: floatOf(call, "epsilon", 1e-5),
    });
  },
};

const layer: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const axis = axisFrom(intOf(call, "axis", -1), x.shape.length);
    const last = x.shape.slice(axis);
    const whole = (input: number) => {
      if (!call.has(input)) return undefined;
      const given = call.tensor(input);
      return sameShape(given.shape, last) ? given : expand(given, last);
    };
    const eps = floatOf(call, "epsilon", 1e-5);
    const y = layerNorm(x, last, { weight: whole(1), bias: whole(2), eps });
    if (call.node.outputs.length === 1) return y;
    const over = { axes: x.shape.map((_, k) => k).slice(axis), keepDims: true };
    return [y, mean(x, over), rsqrt(add(variance(x, { ...over, correction: 0 }), eps))];
  },
};

/** x / (bias + alpha / size · Σ x²)^beta, the sum over `size` neighbouring channels. */
function localResponse(x: Tensor, call: NodeCall): Tensor {
  const length = intOf(call, "size", 1);
  const [alpha, beta, bias] = [
    ...[floatOf(call, "alpha", 1e-4), floatOf(call, "beta", 0.75), floatOf(call, "bias", 1)],
  ] as const;
  const [n = 0, channels = 0, ...rest] = x.shape;
  const before = Math.floor((length - 1) / 2);
  const sums = avgPool2d(reshape(square(x), [n, 1, channels, size(rest)]), {
    ...{ kernelSize: [length, 1], stride: 1, divisorOverride: 1 },
    padding: [
      [before, length - 1 - before],
      [0, 0],
    ],
  });
  const scale = add(mul(reshape(sums, x.shape), alpha / length), bias);
  return div(x, pow(scale, beta));
}

/** (x − mean) / √(variance + 1e-9) over the axes. */
const meanVariance: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const over = {
      axes: [...(call.node.attributes.get("axes")?.ints ?? [0, 2, 3])],
      keepDims: true,
    };
    const spread = variance(x, { ...over, correction: 0 });
    return mul(sub(x, mean(x, over)), rsqrt(add(spread, 1e-9)));
  },
};

/** Over all axes from `axis` (default 1) on up to opset 12; over `axis` (default the last) alone from opset 13. */
const rowwise = (over: (x: Tensor, axis: number) => Tensor): Operator => ({
  run: (call) => {
    const x = call.tensor(0);
    const rank = x.shape.length;
    if (call.opset >= 13) return over(x, axisFrom(intOf(call, "axis", -1), rank));
    const axis = axisFrom(intOf(call, "axis", 1), rank);
    const rows = reshape(x, [size(x.shape.slice(0, axis)), size(x.shape.slice(axis))]);
    return reshape(over(rows, 1), x.shape);
  },
});

/** Normalisation, by ONNX's names. */
export const norms: Readonly<Record<string, Operator>> = {
  BatchNormalization: batch,
  InstanceNormalization: instance,
  GroupNormalization: group,
  LayerNormalization: layer,
  LRN: { run: (call) => localResponse(call.tensor(0), call) },
  MeanVarianceNormalization: meanVariance,
  Softmax: rowwise(softmax),
  LogSoftmax: rowwise(logSoftmax),
};
