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

/** What values were normalised by. */
export interface Normalization {
  /** Subtracted from values in 0..1: one number, or one a channel. Default 0. */
  readonly mean?: number | readonly number[];
  /** Divided by, likewise; not 0. Default 1. */
  readonly std?: number | readonly number[];
}

/** Options of `imageTensor`: size, channels and normalization. */
export interface ImageTensorOptions extends Normalization {
  /** Pixels of the shorter side, the other in proportion, or [height, width]. Default: as large as the picture is. */
  readonly resize?: number | readonly [number, number];
  /** Then only the middle: pixels of a square, or [height, width]. Default all. */
  readonly crop?: number | readonly [number, number];
  /** Between pixels, both with antialiasing. Default "bilinear". */
  readonly interpolation?: "bilinear" | "bicubic";
  /** 1: luma (ITU-R BT.601), 3: red, green, blue, 4: these and alpha. Default 3. */
  readonly channels?: 1 | 3 | 4;
  /** Red, green and blue in 0..1 behind what is transparent, where there is no channel for alpha. Default white. */
  readonly background?: readonly [red: number, green: number, blue: number];
  /** Engine whose GPU holds it. Default: the engine of the last `init()`. */
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
 * A picture as a tensor [1, C, H, W], or several whose results have one size as [N, C, H, W]: resized, cropped, divided by
 * 255, less the mean, divided by the standard deviation, as torchvision does to float tensors with antialias=True (centre
 * crop included). Values are those of sRGB, not linear light. Bytes go to the GPU, four a pixel, and all else happens there;
 * ImageData, bitmaps and canvases of the same opaque pixels give the same bits. Transparent pixels are laid over the
 * background first; with four channels colours stay as they are, whatever their alpha. (A canvas keeps colours multiplied
 * by alpha, so what comes by one has lost digits there.) No scope owns the result: free it with `dispose()`.
 *
 * Rejects with `ValueError` for pictures without pixels: closed bitmaps, images that are not loaded, videos without a frame,
 * canvases with content of another origin, files that are no images; for crops larger than the picture; and for mean and std
 * that do not fit; with `ShapeError` for several pictures of different results.
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
 * Mean and std as lists, which the kernel takes. Throws `ValueError` unless each has one number or one for every channel,
 * and no std is 0.
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

interface Prepared {
  readonly engine: Engine;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly interpolation?: "bilinear" | "bicubic";
  readonly channels?: 1 | 3 | 4;
  readonly background?: readonly [number, number, number];
}

/** Columns first, out of the bytes, then rows. */
function prepared(
  { width, height, words }: Pixels,
  { rows, columns }: Framing,
  how: Prepared,
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
