import type { ColourOptions } from "../../kernels/augment/colour.ts";
import type { GeometryOptions } from "../../kernels/augment/geometry.ts";
import type { GeometryStep } from "../../kernels/augment/geometry_step.ts";
import type { ToneOptions } from "../../kernels/augment/tone.ts";
import type { SampleMode } from "../../kernels/sample/taps.ts";

/** [height, width]. */
export type Size = readonly [height: number, width: number];

/** When a part is taken. */
export interface Chance {
  /** Probability. Default 1. */
  readonly p?: number | undefined;
  /** One of several: where a number of [0, 1), which an image draws once for each `of`, lies in the range. */
  readonly choice?: { readonly of: object; readonly range: readonly [number, number] } | undefined;
}

/** What lies outside of a picture, where a step may look there. */
export interface Outside {
  readonly padding: NonNullable<GeometryOptions["padding"]>;
  readonly reflectAt?: GeometryOptions["reflectAt"];
  readonly fill?: number | readonly number[];
}

/** A step of geometry for pictures of a size. */
export interface Geometry {
  readonly kind: "geometry";
  step(
    size: Size,
  ): Omit<GeometryStep, "from" | "gate"> & { readonly outside?: Outside | undefined };
  readonly gate?: Chance | undefined;
  /** How values between cells are made; undefined where whole cells are moved. */
  readonly mode?: SampleMode | undefined;
}

/** The steps that one dispatch takes in this order. */
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

/** One step of colour. */
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

/** The steps on channels as wholes that one dispatch takes in this order. */
export const toneOrder = ["sharpen", "autocontrast", "equalize"] as const;

/** One step on channels as wholes. */
export interface TonePart {
  readonly kind: "tone";
  readonly name: (typeof toneOrder)[number];
  readonly gate?: Chance | undefined;
  /** Of `sharpen`. */
  readonly options?: NonNullable<ToneOptions["sharpen"]>;
}

/** Blurring by normal weights. */
export interface BlurPart {
  readonly kind: "blur";
  readonly size: number;
  readonly sigma: readonly [number, number];
  readonly gate?: Chance | undefined;
}

/** Antialiased resizing. */
export interface Resizing {
  readonly kind: "resize";
  sizeOf(size: Size): Size;
  readonly mode: "bilinear" | "bicubic";
}

/** A batch mixed with itself. */
export interface MixPart {
  readonly kind: "mix";
  readonly alpha: number;
  readonly cut: boolean;
  readonly p: number;
  readonly numClasses: number | undefined;
}

/** What a transform is made of. */
export type Part = Geometry | ColourPart | TonePart | BlurPart | Resizing | MixPart;
