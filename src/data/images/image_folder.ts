import { integer } from "../../core/kinds.ts";
import { checkArguments, checkedAsync, signature } from "../../core/signature.ts";
import { squeeze } from "../../ops/shape/parts.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { indicesKind } from "../kinds.ts";
import { checkIndices, type SampleDataset } from "../sets.ts";
import { classesOf, type FolderSource, type FoundFile, filesOf, folderKind } from "./folder.ts";
import { type ImageTensorOptions, imageOptions, imageTensor } from "./image_tensor.ts";

/**
 * Images in a folder with one subfolder per class: torchvision's ImageFolder, for a folder that a visitor drops or chooses.
 * Files are decoded whenever they are requested; with `prefetch` of a `DataLoader` this happens while the step runs.
 *
 *     const photos = await openImageFolder(event.dataTransfer, { resize: [64, 64] });
 *     const loader = new DataLoader(photos, { batchSize: 32, prefetch: 2 });
 */
export class ImageFolder implements SampleDataset<{ x: Tensor; y: number }> {
  /** Number of images. */
  readonly length: number;
  /** Names of the folders, in alphabetical order. */
  readonly classes: readonly string[];
  /** Index of each class in `classes`, by name. */
  readonly classToIdx: Readonly<Record<string, number>>;
  /** `[images]`: the class of each image. */
  readonly targets: Uint32Array<ArrayBuffer>;
  /** Paths below the chosen folder, and files, in alphabetical order. */
  readonly samples: readonly FoundFile[];
  readonly #options: ImageTensorOptions;

  /** Use `openImageFolder` to make one. */
  constructor(samples: readonly FoundFile[], options: ImageTensorOptions) {
    this.classes = classesOf(samples);
    this.classToIdx = Object.fromEntries(this.classes.map((name, k) => [name, k]));
    this.samples = samples;
    this.length = samples.length;
    this.targets = Uint32Array.from(
      samples,
      ({ path }) => this.classToIdx[path.slice(0, path.indexOf("/"))] as number,
    );
    this.#options = options;
  }

  /**
   * x [C, H, W] and the class of one image. Rejects with `ValueError` for an index out of range, and with the errors of
   * `imageTensor`.
   */
  async get(index: number): Promise<{ x: Tensor; y: number }> {
    checkArguments(getOf, arguments);
    const { x, y } = await this.batch(Uint32Array.of(index));
    const one = squeeze(x, 0);
    x.dispose();
    y.dispose();
    return { x: one, y: this.targets[index] as number };
  }

  /**
   * x [b, C, H, W] in f32 and y [b] in u32 of these images. Rejects with the same errors, also for images of different
   * sizes.
   */
  async batch(indices: Uint32Array<ArrayBuffer>): Promise<{ x: Tensor; y: Tensor }> {
    checkArguments(batchOf, arguments);
    checkIndices("ImageFolder", this.length, indices);
    const files = Array.from(indices, (i) => (this.samples[i] as FoundFile).file);
    const x = await imageTensor(files, this.#options);
    return { x, y: tensor(indices.map((i) => this.targets[i] as number)) };
  }
}

const getOf = /* @__PURE__ */ signature("ImageFolder.get", { index: integer });
const batchOf = /* @__PURE__ */ signature("ImageFolder.batch", { indices: indicesKind });

/**
 * Opens the images in a folder with one subfolder per class: from the `dataTransfer` of a drop, from `input.files` of an
 * input with the attribute webkitdirectory, or from the result of `showDirectoryPicker()`. A single dropped folder contains
 * the classes; several dropped folders are the classes. Files named .jpg, .jpeg, .png, .bmp, .webp, .gif and .avif are
 * images. The options are those of `imageTensor`: use `resize: [height, width]`, or a crop, if images have different sizes.
 * Rejects with `ValueError` for an image outside all classes, and if there are no images.
 */
export const openImageFolder = /* @__PURE__ */ checkedAsync(
  "openImageFolder",
  { source: folderKind, options: imageOptions },
  async (source: FolderSource, options: ImageTensorOptions = {}): Promise<ImageFolder> =>
    new ImageFolder(await filesOf(source), options),
);
