import { fetchBytes, ImageDataset, parseIdx, trainTestSplit } from "wgrad/data";
import * as words from "../words/en/resnet/page.ts";
import imagesUrl from "./data/t10k-images-idx3-ubyte.gz?url";
import labelsUrl from "./data/t10k-labels-idx1-ubyte.gz?url";

export const classes = [
  words.tShirt,
  words.trousers,
  words.pullover,
  words.dress,
  words.coat,
  words.sandal,
  words.shirt,
  words.sneaker,
  words.bag,
  words.boot,
] as const;

/** Side of an image in pixels. */
export const SIDE = 28;

/** Number of held-out images. */
const HELD_OUT = 2000;

/** Fashion-MNIST on the GPU, split, and its bytes for drawing. */
export interface Clothes {
  readonly dataset: ImageDataset;
  /** Indices of the training images. */
  readonly train: Uint32Array<ArrayBuffer>;
  /** Indices of the held-out images. */
  readonly heldOut: Uint32Array<ArrayBuffer>;
  readonly labels: Uint8Array;
  /** Grey values of one image, 28 × 28. */
  pixels(index: number): Uint8Array;
}

/** Fetches and unpacks the 10,000 images: 8,000 for training and 2,000 held out, the same ones every time. */
export async function loadClothes(): Promise<Clothes> {
  const [imageFile, labelFile] = await Promise.all([fetchBytes(imagesUrl), fetchBytes(labelsUrl)]);
  const images = parseIdx(imageFile);
  const labels = parseIdx(labelFile).data;
  const dataset = new ImageDataset(images, labels, { mean: 0.286, std: 0.353 });
  const { train, test } = trainTestSplit(labels.length, { testSize: HELD_OUT, seed: 1 });
  const size = SIDE * SIDE;
  return {
    dataset,
    train,
    heldOut: test,
    labels,
    pixels: (index) => images.data.subarray(size * index, size * (index + 1)),
  };
}
