import { imageTensor } from "wgrad/data";
import { type Clothes, SIDE } from "../../resnet/data.ts";
import { make } from "../../shared/dom.ts";

/** A picture on the host: values of 0 to 1, [channels, side, side]. */
export interface Picture {
  readonly values: ArrayLike<number>;
  readonly channels: 1 | 3;
  readonly side: number;
  readonly name: string;
}

/** Side of the picture made from a visitor's file. */
const OWN_SIDE = 64;

/** One of the pictures of clothing. */
export function clothing({ pixels }: Clothes, index: number, name: string): Picture {
  const values = Float32Array.from(pixels(index), (grey) => grey / 255);
  return { values, channels: 1, side: SIDE, name };
}

/** The middle of a visitor's picture, in colour. Rejects for a file that is not a picture. */
export async function ownPicture(file: File): Promise<Picture> {
  using x = await imageTensor(file, { resize: OWN_SIDE, crop: OWN_SIDE });
  return { values: await x.read(), channels: 3, side: OWN_SIDE, name: file.name };
}

/** A canvas for a square picture, enlarged without smoothing. */
export const canvasOf = (side: number) =>
  make("canvas", { attributes: { width: `${side}`, height: `${side}` } });

/** Draws values from 0 to 1, [channels, side, side], from an offset of an array on; values beyond are clamped. */
export function draw(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  { channels, side }: Pick<Picture, "channels" | "side">,
  start = 0,
): void {
  if (canvas.width !== side) [canvas.width, canvas.height] = [side, side];
  const image = new ImageData(side, side);
  const plane = side * side;
  for (let p = 0; p < plane; p++) {
    for (let c = 0; c < 3; c++) {
      const value = Number(values[start + (channels === 1 ? 0 : c) * plane + p]);
      image.data[4 * p + c] = 255 * value; // clamped to 0…255
    }
    image.data[4 * p + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
