import { batchNorm, layerNorm } from "../../../ops/norm.ts";
import { reshape } from "../../../ops/reshape.ts";
import type { Config } from "../config.ts";
import { channelsFirst, channelsLast, type Layer, type WeightKind } from "../layer.ts";

const affine = (config: Config): WeightKind[] => [
  ...(config.flag("scale", true) ? [{ name: "gamma", rank: 1 }] : []),
  ...(config.flag("center", true) ? [{ name: "beta", rank: 1 }] : []),
];

/** Normalisation, by the names files have for it; the last axis counts, which the channels of images are. */
export const norms: Readonly<Record<string, Layer>> = {
  BatchNormalization: {
    weights: (config) => [
      ...affine(config),
      { name: "moving_mean", rank: 1, isBuffer: true },
      { name: "moving_variance", rank: 1, isBuffer: true },
    ],
    refuse: (config) => {
      const axes = config.integers("axis", -1);
      const last = axes.length === 1 && (axes[0] === -1 || (axes[0] as number) > 0);
      return last ? undefined : `its axis is [${axes.join(", ")}]`;
    },
    run: ({ config, x, weight, optional, training }) => {
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
    refuse: (config) => {
      const axes = config.integers("axis", -1);
      const last = axes.length === 1 && (axes[0] === -1 || (axes[0] as number) > 0);
      return last ? undefined : `its axis is [${axes.join(", ")}]`;
    },
    run: ({ config, x, optional }) => {
      const rows = channelsLast(x);
      const y = layerNorm(rows, rows.shape.slice(-1), {
        ...{ weight: optional("gamma"), bias: optional("beta") },
        eps: config.number("epsilon", 1e-3),
      });
      return channelsFirst(y);
    },
  },
};
