import type { Tensor } from "wgrad";
import { fetchBytes, type ImageSource, type ImageTensorOptions, imageTensor } from "wgrad/data";
import chinaUrl from "../kmeans/data/china.jpg?url";
import flowerUrl from "../kmeans/data/flower.jpg?url";
import { classes, SIDE } from "../resnet/data.ts";
import * as words from "../words/en/predict/page.ts";
import sheetUrl from "./data/clothes.png?url";
import type { Network } from "./network.ts";

/** A picture to classify. */
export interface Picture {
  readonly name: string;
  readonly source: ImageBitmap | HTMLVideoElement;
  /** Label of the picture, if known. */
  readonly shows?: string;
}

/** The page's pictures: two of every kind of clothes, which were not in the network's training set, and photographs. */
export async function builtInPictures(): Promise<Picture[]> {
  const [sheet, china, flower] = await Promise.all([sheetUrl, chinaUrl, flowerUrl].map(blobOf));
  const cells = [0, 1].flatMap((row) =>
    classes.map(async (shows, kind): Promise<Picture> => {
      const source = await createImageBitmap(sheet as Blob, SIDE * kind, SIDE * row, SIDE, SIDE);
      return { name: `${shows} ${row + 1}`, source, shows };
    }),
  );
  const photos = [
    { name: words.palace, file: china as Blob },
    { name: words.flower, file: flower as Blob },
  ].map(async ({ name, file }) => ({ name, source: await createImageBitmap(file) }));
  return Promise.all([...cells, ...photos]);
}

const blobOf = async (url: string): Promise<Blob> => new Blob([await fetchBytes(url)]);

/** A visitor's file as a picture; throws an error that says why it is not one. */
export async function pictureOf(
  file: Blob,
  name: string,
): Promise<Picture & { readonly source: ImageBitmap }> {
  try {
    return { name, source: await createImageBitmap(file) };
  } catch (cause) {
    throw new Error(words.isNoPictureThisBrowser(name), { cause });
  }
}

/** Limit for the shorter side of a picture that is kept for training, in pixels. */
const KEPT = 320;

/** A picture from a file or a video, scaled down to what networks need. */
export async function smallPictureOf(
  source: Blob | HTMLVideoElement,
  name: string,
): Promise<Picture> {
  const { source: whole } =
    source instanceof Blob
      ? await pictureOf(source, name)
      : { source: await createImageBitmap(source) };
  const scale = KEPT / Math.min(whole.width, whole.height);
  if (scale >= 1) return { name, source: whole };
  const [resizeWidth, resizeHeight] = [whole.width, whole.height].map((n) => Math.round(n * scale));
  const resizing = { resizeWidth, resizeHeight, resizeQuality: "high" } as ImageBitmapOptions;
  const small = await createImageBitmap(whole, resizing);
  whole.close();
  return { name, source: small };
}

/** A picture as the network's input. */
export interface Prepared {
  readonly x: Tensor; // [1, C, H, W]
  /** Mean and deviation with which it was normalised. */
  readonly options: ImageTensorOptions;
  /** Whether the picture was inverted. */
  readonly inverted: boolean;
}

/**
 * The centre of the picture in the network's size. The built-in network was trained on bright clothes on black: for it
 * a picture with a light border is inverted.
 */
export async function prepare(
  source: ImageSource,
  { size, input }: Network,
  how: ImageTensorOptions,
): Promise<Prepared> {
  const { channels, height, width } = size;
  const frame: ImageTensorOptions =
    height === width ? { resize: height, crop: height } : { resize: [height, width] };
  const options = { ...(input ?? how), ...frame, channels };
  const inverted = input !== undefined && (await hasLightRim(source, { ...frame, channels: 1 }));
  const used = inverted ? inverse(options) : options;
  return { x: await imageTensor(source, used), options: used, inverted };
}

/** (1 − v − mean) / std = (v − (1 − mean)) / −std */
function inverse(options: ImageTensorOptions): ImageTensorOptions {
  const { mean = 0, std = 1 } = options;
  const each = (value: number | readonly number[], change: (v: number) => number) =>
    [value].flat().map(change);
  return { ...options, mean: each(mean, (v) => 1 - v), std: each(std, (v) => -v) };
}

async function hasLightRim(source: ImageSource, frame: ImageTensorOptions): Promise<boolean> {
  using grey = await imageTensor(source, frame);
  const [height = 0, width = 0] = grey.shape.slice(2);
  const values = Array.from(await grey.read());
  const rim = values.filter((_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || column === 0 || row === height - 1 || column === width - 1;
  });
  return rim.reduce((sum, value) => sum + value, 0) > rim.length / 2;
}
