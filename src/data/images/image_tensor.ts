import { callAs } from "../../core/caller.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { either, finite, type Kind, list, oneOf, pair } from "../../core/kinds.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { imageColumns } from "../../kernels/data/image_columns.ts";
import { resizeAlong } from "../../kernels/resize/along.ts";
import type { Filter } from "../../kernels/resize/filter.ts";
import { reshape } from "../../ops/shape/reshape.ts";
import { concat } from "../../ops/shape/shape.ts";
import { currentEngine, type Engine } from "../../scheduler/engine.ts";
import { tensor } from "../../tensor/create.ts";
import { engineKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Framing, framing } from "./framing.ts";
import { type ImageSource, type Pixels, pixelsOf, sourcesKind } from "./sources.ts";

/** Mean and standard deviation for normalising values. */
export interface Normalization {
  /** Mean to subtract from values in 0..1: one number, or one per channel. Default 0. */
  readonly mean?: number | readonly number[];
  /** Standard deviation to divide by, not 0: one number, or one per channel. Default 1. */
  readonly std?: number | readonly number[];
}

/** Options of `imageTensor`: size, channels and normalisation. */
export interface ImageTensorOptions extends Normalization {
  /** Length of the shorter side in pixels, keeping the aspect ratio, or [height, width]. Default: the size of the image. */
  readonly resize?: number | readonly [number, number];
  /** Centre crop after resizing: length of a square in pixels, or [height, width]. Default: no crop. */
  readonly crop?: number | readonly [number, number];
  /** Interpolation, with antialiasing. Default "bilinear". */
  readonly interpolation?: "bilinear" | "bicubic";
  /** 1 for luma (ITU-R BT.601), 3 for red, green and blue, 4 for these and alpha. Default 3. */
  readonly channels?: 1 | 3 | 4;
  /** Red, green and blue, in 0..1, of the background behind transparent pixels, unless alpha is a channel. Default white. */
  readonly background?: readonly [red: number, green: number, blue: number];
  /** Engine whose GPU holds the tensor. Default: the engine of the last `init()`. */
  readonly engine?: Engine;
}

const unit: Kind = {
  expected: "a number in 0..1",
  accepts: (value) => finite.accepts(value) && (value as number) >= 0 && (value as number) <= 1,
};

const three: Kind = {
  expected: "[red, green, blue], each in 0..1",
  accepts: (value) => list(unit).accepts(value) && (value as unknown[]).length === 3,
};

const channelsKind: Kind = {
  expected: "1, 3 or 4",
  accepts: (value) => value === 1 || value === 3 || value === 4,
};

export const normalizationKinds = {
  mean: /* @__PURE__ */ either(finite, /* @__PURE__ */ list(finite)),
  std: /* @__PURE__ */ either(finite, /* @__PURE__ */ list(finite)),
};

/** Kinds of the options. */
export const imageOptions = /* @__PURE__ */ options<ImageTensorOptions>({
  ...normalizationKinds,
  ...{ resize: pair, crop: pair, interpolation: oneOf("bilinear", "bicubic") },
  ...{ channels: channelsKind, background: three, engine: engineKind },
});

const filterOf: Readonly<Record<"bilinear" | "bicubic", Filter>> = {
  bilinear: "triangle",
  bicubic: "cubic",
};

/**
 * Converts an image to a tensor [1, C, H, W], or several whose results have the same size to [N, C, H, W]: resized,
 * cropped, divided by 255, minus the mean, divided by the standard deviation, as torchvision does to float tensors with
 * antialias=True (centre crop included). Values are sRGB, not linear light. Four bytes per pixel are uploaded, and
 * everything else happens on the GPU; ImageData, bitmaps and canvases of the same opaque pixels give the same bits.
 * Transparent pixels are blended with the background first; with four channels colours do not change, whatever their alpha.
 * (A canvas stores colours multiplied by alpha, so colours read from it have lost precision.) No scope owns the result:
 * free it with `dispose()`.
 *
 * Rejects with `ValueError` for images without readable pixels: closed bitmaps, images that are not loaded, videos without
 * a frame, canvases with content of another origin, files that are not images; for crops larger than the image; and for
 * mean and std that do not fit; with `ShapeError` if the results of several images differ in size.
 */
export const imageTensor = /* @__PURE__ */ checkedAsync(
  "imageTensor",
  {
    source: sourcesKind,
    options: imageOptions,
  },
  async (
    source: ImageSource | readonly ImageSource[],
    given: ImageTensorOptions = {},
  ): Promise<Tensor> => {
    const { engine = currentEngine() } = given;
    const { mean, std } = perChannel(given, given.channels ?? 3);
    if (given.background && given.channels === 4) {
      throw new ValueError(
        "imageTensor: expected a background with 1 or 3 channels, got one with 4; leave it out, alpha is a channel",
      );
    }
    const pictures = await Promise.all([source as ImageSource].flat().map(pixelsOf));
    return callAs("imageTensor", () => {
      const framed = pictures.map((pixels) => ({ pixels, frame: framing(pixels, given) }));
      checkSame(framed.map(({ frame }) => frame));
      const how = { ...given, engine, mean, std };
      const made = scope(() => {
        const each = framed.map(({ pixels, frame }) => prepared(pixels, frame, how));
        return each.length === 1 ? (each[0] as Tensor) : concat(each, 0);
      });
      return keep(made);
    });
  },
);

/**
 * Mean and std as lists, as the kernel takes them. Throws `ValueError` unless each has one number or one per channel, and
 * no std is 0.
 */
export function perChannel({ mean = 0, std = 1 }: Normalization, channels: number) {
  const both = { mean: [mean].flat(), std: [std].flat() };
  const fit = Object.values(both).every(({ length }) => length === 1 || length === channels);
  if (fit && !both.std.includes(0)) return both;
  throw new ValueError(
    `imageTensor: expected a mean and a std other than 0 for all or for each of ${channels} channels, got ` +
      `[${both.mean.join(", ")}] and [${both.std.join(", ")}]; give one or ${channels} of each`,
  );
}

function checkSame(frames: readonly Framing[]): void {
  const [first, ...others] = frames.map(({ rows, columns }) => `${rows.count} × ${columns.count}`);
  const other = others.find((size) => size !== first);
  if (other === undefined) return;
  throw new ShapeError(
    `imageTensor: expected pictures of one resulting size, got ${first} and ${other}; give resize: [height, width], or a crop`,
  );
}

interface PreparedImages {
  readonly engine: Engine;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly interpolation?: "bilinear" | "bicubic";
  readonly channels?: 1 | 3 | 4;
  readonly background?: readonly [number, number, number];
}

/** Resizes columns first, from the bytes, then rows. */
function prepared(
  { width, height, words }: Pixels,
  { rows, columns }: Framing,
  how: PreparedImages,
): Tensor {
  const { engine, mean, std, channels = 3, background, interpolation = "bilinear" } = how;
  const filter = filterOf[interpolation];
  const pixels = tensor(words, { shape: [height, width], engine, name: "pixels" });
  const across = { size: columns.size, keep: [columns.first, columns.count] as const, filter };
  const down = { size: rows.size, keep: [rows.first, rows.count] as const, filter };
  const { y: x } = run(imageColumns, { pixels }, { ...across, channels, mean, std, background });
  const whole = rows.size === height && rows.count === height;
  const y = whole ? x : run(resizeAlong, { x }, { axis: 1, ...down }).y;
  return reshape(y, [1, channels, rows.count, columns.count]);
}
