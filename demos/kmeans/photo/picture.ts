import * as words from "../../words/en/kmeans/photo.ts";
import chinaUrl from "../data/china.jpg?url";
import flowerUrl from "../data/flower.jpg?url";
import type { PhotoName } from "../settings.ts";

const urls: Readonly<Record<PhotoName, string>> = { china: chinaUrl, flower: flowerUrl };

/** Longest side of a picture in pixels; larger ones are scaled down. */
const MOST = 1024;

/** A picture on the host. */
export interface Picture {
  readonly name: string;
  readonly image: ImageData;
}

/** One of this page's photographs. */
export async function photo(name: PhotoName): Promise<Picture> {
  const answer = await fetch(urls[name]);
  if (!answer.ok) throw new Error(words.expectedPictureGotStatus(urls[name], answer.status));
  return pictureOf(await answer.blob(), name);
}

/** A file as a picture; throws if the browser cannot read it as one. */
export async function pictureOf(file: Blob, name: string): Promise<Picture> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MOST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  ) as [number, number];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(words.expectedCanvasToDrawOn(name));
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { name, image: context.getImageData(0, 0, width, height) };
}
