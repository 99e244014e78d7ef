import { callAs } from "../../core/caller.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Kind } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Normalization, normalizationKinds, perChannel } from "./image_tensor.ts";

const known = /* @__PURE__ */ options<Normalization>(normalizationKinds);

const canvasKind: Kind = {
  expected: "a canvas",
  advice: "pass an HTMLCanvasElement or an OffscreenCanvas",
  accepts: (value) =>
    ["HTMLCanvasElement", "OffscreenCanvas"].includes(
      Object.prototype.toString.call(value).slice(8, -1),
    ),
};

/**
 * Converts x [C, H, W] or [1, C, H, W] with 1 (grey), 3 or 4 (with alpha) channels to an image: x · std + mean, the inverse
 * of `imageTensor`, clamped to 0..1, times 255, rounded to the nearest integer (ties to even). Rejects with `ShapeError`
 * for another shape, `ValueError` for NaN in x and for mean and std that do not fit.
 */
export const toImage = /* @__PURE__ */ checkedAsync(
  "toImage",
  { x: tensorKind, options: known },
  (x: Tensor, given: Normalization = {}): Promise<ImageData> => imageOf("toImage", x, given),
);

/**
 * Draws x on a canvas, which gets the image's size; errors as `toImage`. Also rejects with `ValueError` if the canvas has a
 * context other than "2d".
 */
export const toCanvas = /* @__PURE__ */ checkedAsync(
  "toCanvas",
  { x: tensorKind, canvas: canvasKind, options: known },
  async (
    x: Tensor,
    canvas: HTMLCanvasElement | OffscreenCanvas,
    given: Normalization = {},
  ): Promise<void> => {
    const image = await imageOf("toCanvas", x, given);
    // the "2d" contexts of both kinds of canvas have the same methods
    const context = canvas.getContext("2d") as CanvasRenderingContext2D | null;
    if (!context) {
      throw new ValueError(
        'toCanvas: expected a canvas with context "2d", got another context; take a new canvas',
      );
    }
    canvas.width = image.width;
    canvas.height = image.height;
    context.putImageData(image, 0, 0);
  },
);

async function imageOf(name: string, x: Tensor, given: Normalization): Promise<ImageData> {
  const axes = x.shape.length === 4 && x.shape[0] === 1 ? x.shape.slice(1) : x.shape;
  const [channels = 0, height = 0, width = 0] = axes;
  if (axes.length !== 3 || ![1, 3, 4].includes(channels) || height * width === 0) {
    throw new ShapeError(
      `${name}: expected x [C, H, W] or [1, C, H, W] with 1, 3 or 4 channels and a pixel or more, got ` +
        `${show(x.shape, "x")}; take one picture of a batch with slice()`,
    );
  }
  const { mean, std } = callAs(name, () => perChannel(given, channels));
  const values = await x.read();
  const plane = height * width;
  const data = new Uint8ClampedArray(4 * plane).fill(255); // a Uint8ClampedArray rounds and clamps
  for (let c = 0; c < (channels === 1 ? 3 : channels); c++) {
    const from = channels === 1 ? 0 : c;
    const [factor, middle] = [std, mean].map((list) => list[from % list.length] as number);
    for (let i = 0; i < plane; i++) {
      const value = values[from * plane + i] as number;
      if (Number.isNaN(value)) {
        throw new ValueError(
          `${name}: expected numbers in x, got NaN in channel ${from} at row ${Math.floor(i / width)}, column ` +
            `${i % width}; look for where it comes from with detectAnomaly() of wgrad/testing`,
        );
      }
      data[4 * i + c] = 255 * (value * (factor as number) + (middle as number));
    }
  }
  return new ImageData(data, width, height);
}
