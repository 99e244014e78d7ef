import { answerOf, wholeOf } from "../../core/answer.ts";
import { ValueError } from "../../core/errors.ts";
import { type Kind, list } from "../../core/kinds.ts";
import { isA } from "../../core/realm.ts";
import { describe } from "../../core/signature.ts";

/** Pixels in memory: four bytes each, red, green, blue and alpha (not multiplied into the colours), sRGB. */
export interface RawPixels {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** 4 · width · height bytes, row by row from the top. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Sources that the browser can draw. */
export type Drawable =
  | ImageBitmap
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | HTMLVideoElement
  | VideoFrame;

/** Sources of an image; strings are URLs. */
export type ImageSource = Drawable | ImageData | RawPixels | Blob | URL | string;

interface SourceSize {
  readonly width: number;
  readonly height: number;
}

/** How the size of sources of one class is found, and what to do if they are empty. */
interface Handling<T> {
  size(source: T): SourceSize;
  ready(source: T): boolean;
  readonly advice: string;
}

const present = ({ width, height }: SourceSize) => width > 0 && height > 0;
const asIs = (source: SourceSize): SourceSize => source;

const handling: { readonly [Name in string]: Handling<never> } = {
  ImageBitmap: {
    size: asIs,
    ready: present,
    advice: "make another one: it was closed or transferred",
  },
  HTMLCanvasElement: { size: asIs, ready: present, advice: "set its width and height" },
  OffscreenCanvas: { size: asIs, ready: present, advice: "set its width and height" },
  HTMLImageElement: {
    size: ({ naturalWidth: width, naturalHeight: height }: HTMLImageElement) => ({ width, height }),
    ready: ({ complete, naturalWidth }: HTMLImageElement) => complete && naturalWidth > 0,
    advice: "await image.decode() first: it is not loaded, could not be, or has no size of its own",
  },
  HTMLVideoElement: {
    size: ({ videoWidth: width, videoHeight: height }: HTMLVideoElement) => ({ width, height }),
    ready: ({ readyState, videoWidth }: HTMLVideoElement) => readyState >= 2 && videoWidth > 0,
    advice: "wait for its event loadeddata: there is no frame yet",
  },
  VideoFrame: {
    size: ({ displayWidth: width, displayHeight: height }: VideoFrame) => ({ width, height }),
    ready: ({ format, displayWidth }: VideoFrame) => format !== null || displayWidth > 0,
    advice: "pass it before it is closed",
  },
};

/** The class name of a platform object, also from another frame. */
const classOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const isBlob = (value: unknown): value is Blob => ["Blob", "File"].includes(classOf(value));

const isUrl = (value: unknown): value is URL | string =>
  typeof value === "string" || isA(value, "URL");

const isRaw = (value: unknown): value is RawPixels =>
  typeof value === "object" &&
  value !== null &&
  "data" in value &&
  isA(value.data, "Uint8ClampedArray", "Uint8Array") &&
  "width" in value &&
  "height" in value;

const sourceKind: Kind = {
  expected: "an image, canvas, video, bitmap, ImageData, Blob or URL",
  advice: "pass what the browser draws, a file of an image, or pixels { width, height, data }",
  accepts: (value) =>
    isBlob(value) || isUrl(value) || isRaw(value) || Object.hasOwn(handling, classOf(value)),
};

/** One image, or several. */
export const sourcesKind: Kind = {
  ...sourceKind,
  expected: `${sourceKind.expected}, or an array of them`,
  accepts: (value) =>
    sourceKind.accepts(value) || (list(sourceKind).accepts(value) && [value].flat().length > 0),
};

/** Pixels in the form that kernels read. */
export interface Pixels extends SourceSize {
  /** One word per pixel, red in the lowest byte. */
  readonly words: Uint32Array<ArrayBuffer>;
}

/** The pixels of an image, in sRGB. Throws `ValueError` if they cannot be read. */
export async function pixelsOf(source: ImageSource): Promise<Pixels> {
  if (!isBlob(source) && !isUrl(source)) return isRaw(source) ? rawPixels(source) : drawn(source);
  const bitmap = await decoded(isUrl(source) ? await fetched(source) : source);
  try {
    return drawn(bitmap);
  } finally {
    bitmap.close();
  }
}

async function fetched(url: URL | string): Promise<Blob> {
  const response = await answerOf("imageTensor", url);
  if (response.ok) return wholeOf("imageTensor", url, response.blob());
  throw new ValueError(
    `imageTensor: expected a picture at ${url}, got status ${response.status}; check the path`,
  );
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch (cause) {
    throw new ValueError(
      `imageTensor: expected a file of an image that this browser decodes, got ${file.size} bytes of type ` +
        `"${file.type}"; convert it to PNG or JPEG`,
      { cause },
    );
  }
}

function rawPixels(source: ImageData | RawPixels): Pixels {
  const { width, height, data } = source;
  const space = "colorSpace" in source ? source.colorSpace : "srgb";
  if (space !== "srgb") {
    throw new ValueError(
      `imageTensor: expected ImageData in sRGB, got ${space}; ask getImageData for { colorSpace: "srgb" }`,
    );
  }
  if (!(width > 0 && height > 0 && data.length === 4 * width * height)) {
    throw new ValueError(
      `imageTensor: expected pixels of four bytes each and at least one, got ${data.length} bytes for ` +
        `${describe(width)} × ${describe(height)}; is the buffer detached, or of three channels?`,
    );
  }
  const words = new Uint32Array(width * height);
  new Uint8Array(words.buffer).set(data);
  return { width, height, words };
}

/**
 * Draws the source on a canvas and reads its pixels: as the browser shows it, with the orientation given in the file.
 * copyExternalImageToTexture and a copy to a buffer give the same bytes for opaque pixels, but took 2.5 to 4.8 times as
 * long on the software adapter, from 224 × 224 to 3,840 × 2,176, bitmaps and canvases alike, in one run.
 */
function drawn(source: Drawable): Pixels {
  const name = classOf(source);
  const { size, ready, advice } = handling[name] as Handling<Drawable>;
  const { width, height } = size(source);
  if (!ready(source) || !present({ width, height })) {
    throw new ValueError(
      `imageTensor: expected ${article(name)} with pixels, got ${width} × ${height}; ${advice}`,
    );
  }
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context)
    throw new ValueError(
      `imageTensor: expected a canvas of ${width} × ${height}, got none; pass a smaller picture`,
    );
  try {
    context.drawImage(source, 0, 0, width, height);
    return rawPixels(context.getImageData(0, 0, width, height, { colorSpace: "srgb" }));
  } catch (cause) {
    throw new ValueError(
      `imageTensor: expected ${article(name)} that may be read, got ${cause}; ${READABLE}`,
      {
        cause,
      },
    );
  }
}

const article = (name: string) => (/^[AEIOH]/.test(name) ? `an ${name}` : `a ${name}`);

const READABLE =
  'load what comes from another origin with crossOrigin = "anonymous", from a server that allows it';
