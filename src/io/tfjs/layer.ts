import type { Shape } from "../../core/shape.ts";
import { permute } from "../../ops/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Config } from "./config.ts";

/** A weight of a layer. */
export interface WeightKind {
  /** Its name behind that of the layer, as in `conv2d_1/kernel`. */
  readonly name: string;
  /** The number of its axes in the file. */
  readonly rank: number;
  /** The order of the file's axes here. */
  readonly order?: readonly number[];
  /** Its shape here, from the ordered one. */
  readonly shape?: (shape: Shape) => Shape;
  /** Statistics, which do not train. */
  readonly isBuffer?: boolean;
}

/** A layer that runs, and what it is given. */
export interface Call {
  readonly config: Config;
  /** The first input. */
  readonly x: Tensor;
  readonly inputs: readonly Tensor[];
  readonly training: boolean;
  /** A weight by its name behind that of the layer. */
  weight(name: string): Tensor;
  /** One that a layer may be without. */
  optional(name: string): Tensor | undefined;
}

/** How a layer of TensorFlow.js is done with the public operations of wgrad: images are [N, C, H, W] here. */
export interface Layer {
  readonly weights?: (config: Config, built: Shape | undefined) => readonly WeightKind[];
  /** Why it cannot be done; undefined if it can. */
  readonly refuse?: (config: Config) => string | undefined;
  readonly run: (call: Call) => Tensor;
}

/** Images with their channels last, as TensorFlow.js has them; what is no image is as it was. */
export const channelsLast = (x: Tensor): Tensor =>
  x.shape.length === 4 ? permute(x, [0, 2, 3, 1]) : x;

/** Images from those with their channels last. */
export const channelsFirst = (x: Tensor): Tensor =>
  x.shape.length === 4 ? permute(x, [0, 3, 1, 2]) : x;

/** An axis of TensorFlow.js as it is here; undefined if there is none. */
export function axisHere(axis: number, rank: number): number | undefined {
  const from = axis < 0 ? axis + rank : axis;
  return rank === 4 ? [0, 2, 3, 1][from] : from < rank && from >= 0 ? from : undefined;
}

/** `refuse` for a setting that has to have one value. */
export const only =
  (name: string, otherwise: string, ...known: readonly string[]) =>
  (config: Config): string | undefined => {
    const given = config.raw(name) ?? otherwise;
    return known.includes(given as string)
      ? undefined
      : `${name} is ${JSON.stringify(given)}, only ${known.join(", ")} can be done`;
  };

/** The first reason of several. */
export const refusals =
  (...each: readonly NonNullable<Layer["refuse"]>[]): NonNullable<Layer["refuse"]> =>
  (config) => {
    for (const one of each) {
      const reason = one(config);
      if (reason) return reason;
    }
    return undefined;
  };

export const imagesLast = /* @__PURE__ */ only("data_format", "channels_last", "channels_last");
