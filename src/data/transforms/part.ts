import type { Size } from "../../core/shape.ts";
import type { ColourOptions } from "../../kernels/augment/colour.ts";
import type { GeometryOptions } from "../../kernels/augment/geometry.ts";
import type { GeometryStep } from "../../kernels/augment/geometry_step.ts";
import type { ToneOptions } from "../../kernels/augment/tone.ts";
import type { SampleMode } from "../../kernels/sample/taps.ts";

/** When a part is applied. */
export interface Chance {
  /** Probability. Default 1. */
  readonly p?: number | undefined;
  /** For one of several alternatives: the range of a number in [0, 1), which each image draws once per `of`. */
  readonly choice?: { readonly of: object; readonly range: readonly [number, number] } | undefined;
}

/** Values outside an image, if a step can read there. */
export interface Outside {
  readonly padding: NonNullable<GeometryOptions["padding"]>;
  readonly reflectAt?: GeometryOptions["reflectAt"];
  readonly fill?: number | readonly number[];
}

/** A geometric step for images of a size. */
export interface GeometryPart {
  readonly kind: "geometry";
  step(
    size: Size,
  ): Omit<GeometryStep, "from" | "gate"> & { readonly outside?: Outside | undefined };
  readonly gate?: Chance | undefined;
  /** Interpolation between cells; undefined if whole cells are moved. */
  readonly mode?: SampleMode | undefined;
}

/** Colour steps in the order in which one dispatch applies them. */
export const colourOrder = [
  "jitter",
  "posterize",
  "solarize",
  "noise",
  "normalize",
  "erase",
] as const;

type StepOf<Name extends "jitter" | "posterize" | "solarize" | "noise" | "erase"> = {
  readonly kind: "colour";
  readonly name: Name;
  readonly gate?: Chance | undefined;
  readonly options: NonNullable<ColourOptions[Name]>;
};

/** One colour step. */
export type ColourPart =
  | StepOf<"jitter">
  | StepOf<"posterize">
  | StepOf<"solarize">
  | StepOf<"noise">
  | StepOf<"erase">
  | {
      readonly kind: "colour";
      readonly name: "normalize";
      readonly gate?: undefined;
      readonly mean: number | readonly number[];
      readonly std: number | readonly number[];
    };

/** Steps on whole channels in the order in which one dispatch applies them. */
export const toneOrder = ["sharpen", "autocontrast", "equalize"] as const;

/** One step on whole channels. */
export interface TonePart {
  readonly kind: "tone";
  readonly name: (typeof toneOrder)[number];
  readonly gate?: Chance | undefined;
  /** Options of `sharpen`. */
  readonly options?: NonNullable<ToneOptions["sharpen"]>;
}

/** Blurring with Gaussian weights. */
export interface BlurPart {
  readonly kind: "blur";
  readonly size: number;
  readonly sigma: readonly [number, number];
  readonly gate?: Chance | undefined;
}

/** Antialiased resizing. */
export interface ResizePart {
  readonly kind: "resize";
  sizeOf(size: Size): Size;
  readonly mode: "bilinear" | "bicubic";
}

/** Mixing a batch with itself. */
export interface MixPart {
  readonly kind: "mix";
  readonly alpha: number;
  readonly cut: boolean;
  readonly p: number;
  readonly numClasses: number | undefined;
}

/** A step of a transform. */
export type TransformPart = GeometryPart | ColourPart | TonePart | BlurPart | ResizePart | MixPart;
