import { callAs } from "../core/caller.ts";
import { ShapeError } from "../core/errors.ts";
import { either, type Kind, list, number, record, shape } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { show, size } from "../core/shape.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { normalizeU8 } from "../kernels/data/normalize_u8.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import { keep } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Bytes } from "./idx.ts";
import { indicesKind, numbersKind } from "./kinds.ts";
import { gatheredRows } from "./rows.ts";
import { checkIndices } from "./sets.ts";

/** Options of an `ImageDataset`: normalisation of bytes, (byte / 255 − mean) / std. */
export interface ImageDatasetOptions {
  /** Mean to subtract after scaling to 0..1: one number, or one per channel. Default 0. */
  readonly mean?: number | readonly number[];
  /** Standard deviation to divide by: one number, or one per channel. Default 1. */
  readonly std?: number | readonly number[];
}

const bytesKind: Kind = {
  expected: "images { shape, data }, a byte a pixel",
  advice:
    "pass what parseIdx() gave, or { shape: [n, height, width], data } with data a Uint8Array",
  accepts: (value) =>
    record.accepts(value) &&
    shape.accepts(Reflect.get(value as object, "shape")) &&
    isA(Reflect.get(value as object, "data"), "Uint8Array"),
};

/**
 * Labelled images on the GPU, one byte per pixel; a mini-batch is gathered and normalised there, so a training step uploads
 * only its indices.
 */
export class ImageDataset {
  static readonly signature = /* @__PURE__ */ signature("ImageDataset", {
    images: bytesKind,
    labels: numbersKind,
    options: options<ImageDatasetOptions>({
      mean: either(number, list(number)),
      std: either(number, list(number)),
    }),
  });

  /** Number of images. */
  readonly length: number;
  /** [C, H, W] of one image. */
  readonly imageShape: readonly number[];
  readonly #pixels: Tensor;
  readonly #labels: Tensor;
  readonly #mean: readonly number[];
  readonly #std: readonly number[];

  /** images [n, H, W] or [n, C, H, W]; labels [n]. */
  constructor(images: Bytes, labels: ArrayLike<number>, given: ImageDatasetOptions = {}) {
    checkArguments(ImageDataset.signature, arguments);
    const { mean = 0, std = 1 } = given;
    const [n = 0, ...rest] = images.shape;
    if (images.data.length !== size(images.shape) || rest.length < 2 || rest.length > 3) {
      throw new ShapeError(
        `ImageDataset: expected images [n, H, W] or [n, C, H, W], got ${show(images.shape)} with ${images.data.length} bytes; pass { shape, data }`,
      );
    }
    if (labels.length !== n) {
      throw new ShapeError(
        `ImageDataset: expected ${n} labels, one per image, got ${labels.length}; check that both belong together`,
      );
    }
    const known = Array.isArray(labels) ? labels : Array.from(labels, Number); // also converts a BigInt64Array
    const classes = callAs("ImageDataset", () => tensor(known, { name: "labels", dtype: "u32" }));
    this.length = n;
    this.imageShape = rest.length === 2 ? [1, ...rest] : rest;
    this.#mean = [mean].flat();
    this.#std = [std].flat();
    const words = new Uint32Array(Math.ceil(images.data.length / 4));
    new Uint8Array(words.buffer).set(images.data);
    this.#pixels = keep(tensor(words, { name: "pixels" }));
    this.#labels = keep(classes);
  }

  /** x [b, C, H, W] in f32 and y [b] in u32 of these samples. Throws `ValueError` for an index out of range. */
  batch(indices: Uint32Array<ArrayBuffer>): { x: Tensor; y: Tensor } {
    checkArguments(batchOf, arguments);
    checkIndices("ImageDataset", this.length, indices, "use batches(dataset.length)");
    using index = tensor(indices, { name: "index" });
    const { y: x } = run(
      normalizeU8,
      { bytes: this.#pixels, index },
      { rows: this.length, shape: this.imageShape, mean: this.#mean, std: this.#std },
    );
    return { x, y: gatheredRows(this.#labels, index) };
  }

  /** Frees the images. */
  dispose(): void {
    this.#pixels.dispose();
    this.#labels.dispose();
  }
}

const batchOf = /* @__PURE__ */ signature("ImageDataset.batch", { indices: indicesKind });
