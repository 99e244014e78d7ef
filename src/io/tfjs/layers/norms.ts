import { ValueError } from "../../../core/errors.ts";
import { batchNorm, layerNorm } from "../../../ops/norm/norm.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { Config } from "../config.ts";
import { channelsFirst, channelsLast, type LayerImport, type WeightKind } from "../layer.ts";

const affine = (config: Config): WeightKind[] => [
  ...(config.flag("scale", true) ? [{ name: "gamma", rank: 1 }] : []),
  ...(config.flag("center", true) ? [{ name: "beta", rank: 1 }] : []),
];

/** A `refuse` for axes other than the last one. */
function anotherAxis(config: Config): string | undefined {
  const axes = config.integers("axis", -1);
  const one = axes.length === 1 && (axes[0] === -1 || (axes[0] as number) > 0);
  return one ? undefined : `its axis is [${axes.join(", ")}]`;
}

/** Throws `ValueError` if the axis is not the last one: files do not contain the number of axes. */
function checkAxis(config: Config, { shape }: Tensor): void {
  const [axis = -1] = config.integers("axis", -1);
  if (axis === -1 || axis === shape.length - 1) return;
  throw new ValueError(
    `forward: expected a norm over the last axis, ${shape.length - 1} as the file counts, got one over axis ${axis}; ` +
      "make the model with axis: -1",
  );
}

/** Normalisation, by the names in files, over the last axis, which holds the channels of images. */
export const norms: Readonly<Record<string, LayerImport>> = {
  BatchNormalization: {
    weights: (config) => [
      ...affine(config),
      { name: "moving_mean", rank: 1, isBuffer: true },
      { name: "moving_variance", rank: 1, isBuffer: true },
    ],
    refuse: anotherAxis,
    run: ({ config, x, weight, optional, training }) => {
      checkAxis(config, x);
      const running = {
        mean: weight("moving_mean"),
        variance: weight("moving_variance"),
        momentum: 1 - config.number("momentum", 0.99),
      };
      const rows = x.shape.length === 3 ? reshape(x, [-1, x.shape[2] as number]) : x;
      const y = batchNorm(rows, {
        ...{ weight: optional("gamma"), bias: optional("beta"), running, training },
        eps: config.number("epsilon", 1e-3),
      });
      return reshape(y, x.shape);
    },
  },
  LayerNormalization: {
    weights: affine,
    refuse: anotherAxis,
    run: ({ config, x, optional }) => {
      checkAxis(config, x);
      const rows = channelsLast(x);
      const y = layerNorm(rows, rows.shape.slice(-1), {
        ...{ weight: optional("gamma"), bias: optional("beta") },
        eps: config.number("epsilon", 1e-3),
      });
      return channelsFirst(y);
    },
  },
};
