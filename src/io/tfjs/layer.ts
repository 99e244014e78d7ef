import type { Shape } from "../../core/shape.ts";
import { permute } from "../../ops/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "./config.ts";

/** A weight of a layer. */
export interface WeightKind {
  /** Name of the weight, which follows the layer's, as in `conv2d_1/kernel`. */
  readonly name: string;
  /** The number of its axes in the file. */
  readonly rank: number;
  /** The order of the file's axes in wgrad. */
  readonly order?: readonly number[];
  /** Shape of the weight in wgrad, from the shape with reordered axes. */
  readonly shape?: (shape: Shape) => Shape;
  /** Whether the weight is a statistic, which is not trained. */
  readonly isBuffer?: boolean;
}

/** A running layer and its inputs. */
export interface LayerCall {
  readonly config: Config;
  /** The first input. */
  readonly x: Tensor;
  readonly inputs: readonly Tensor[];
  readonly training: boolean;
  /** The weight with this name, without the layer's name before it. */
  weight(name: string): Tensor;
  /** A weight that may be missing. */
  optional(name: string): Tensor | undefined;
}

/** Implements a layer of TensorFlow.js with the public operations of wgrad, where images are [N, C, H, W]. */
export interface LayerImport {
  readonly weights?: (config: Config, built: Shape | undefined) => readonly WeightKind[];
  /** The reason why it cannot be run; undefined if it can. */
  readonly refuse?: (config: Config) => string | undefined;
  readonly run: (call: LayerCall) => Tensor;
}

/** Permutes images to channels last, as in TensorFlow.js; tensors of other ranks are unchanged. */
export const channelsLast = (x: Tensor): Tensor =>
  x.shape.length === 4 ? permute(x, [0, 2, 3, 1]) : x;

/** Permutes images from channels last to channels first. */
export const channelsFirst = (x: Tensor): Tensor =>
  x.shape.length === 4 ? permute(x, [0, 3, 1, 2]) : x;

/** The axis of wgrad for an axis of TensorFlow.js; undefined if there is none. */
export function axisHere(axis: number, rank: number): number | undefined {
  const from = axis < 0 ? axis + rank : axis;
  return rank === 4 ? [0, 2, 3, 1][from] : from < rank && from >= 0 ? from : undefined;
}

/** A `refuse` for a setting that must have one of these values. */
export const only =
  (name: string, otherwise: string, ...known: readonly string[]) =>
  (config: Config): string | undefined => {
    const given = config.raw(name) ?? otherwise;
    return known.includes(given as string)
      ? undefined
      : `${name} is ${JSON.stringify(given)}; supported: ${known.join(", ")}`;
  };

/** One `refuse` function from several: gives the first reason that one of them gives. */
export const refusals =
  (...each: readonly NonNullable<LayerImport["refuse"]>[]): NonNullable<LayerImport["refuse"]> =>
  (config) => {
    for (const one of each) {
      const reason = one(config);
      if (reason) return reason;
    }
    return undefined;
  };

export const imagesLast = /* @__PURE__ */ only("data_format", "channels_last", "channels_last");
