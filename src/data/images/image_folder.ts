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
 * Pictures of a folder that has a folder for each class: torchvision's ImageFolder, of a folder that a visitor drops or
 * chooses. Files are decoded each time they are asked for; with `prefetch` of a `DataLoader` while the step runs.
 *
 *     const photos = await openImageFolder(event.dataTransfer, { resize: [64, 64] });
 *     const loader = new DataLoader(photos, { batchSize: 32, prefetch: 2 });
 */
export class ImageFolder implements SampleDataset<{ x: Tensor; y: number }> {
  /** Number of pictures. */
  readonly length: number;
  /** Names of the folders, in alphabetical order. */
  readonly classes: readonly string[];
  /** Position of each class in `classes`, by its name. */
  readonly classToIdx: Readonly<Record<string, number>>;
  /** `[pictures]`: the class of each. */
  readonly targets: Uint32Array<ArrayBuffer>;
  /** Paths, from the folder of all on, and files, in alphabetical order. */
  readonly samples: readonly FoundFile[];
  readonly #options: ImageTensorOptions;

  /** `openImageFolder` makes one. */
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

  /** x [C, H, W] and the class of one picture. Rejects with `ValueError` for an index out of range, and as `imageTensor` does. */
  async get(index: number): Promise<{ x: Tensor; y: number }> {
    checkArguments(getOf, arguments);
    const { x, y } = await this.batch(Uint32Array.of(index));
    const one = squeeze(x, 0);
    x.dispose();
    y.dispose();
    return { x: one, y: this.targets[index] as number };
  }

  /** x [b, C, H, W] in f32 and y [b] in u32 of these pictures. Rejects likewise, also for pictures of several sizes. */
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
 * The pictures of a folder with a folder for each class: of the `dataTransfer` of a drop, of `input.files` where the input has
 * the attribute webkitdirectory, or of what `showDirectoryPicker()` gives. One folder that is dropped holds the classes; several
 * are the classes. .jpg, .jpeg, .png, .bmp, .webp, .gif and .avif count as pictures. The options are those of `imageTensor`:
 * give `resize: [height, width]`, or a crop, where pictures have several sizes. Rejects with `ValueError` for a picture that is
 * in no class, and for none at all.
 */
export const openImageFolder = /* @__PURE__ */ checkedAsync(
  "openImageFolder",
  { source: folderKind, options: imageOptions },
  async (source: FolderSource, options: ImageTensorOptions = {}): Promise<ImageFolder> =>
    new ImageFolder(await filesOf(source), options),
);
