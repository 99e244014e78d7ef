import { channels } from "../shared/canvas.ts";
import { make, onSchemeChange } from "../shared/dom.ts";
import type { Pixels } from "./own.ts";

const SIDE = 8;

/** A digit of 8 × 8 pixels as a small picture with a caption. */
export function tile(pixels: Pixels, text: string, spoken: string): HTMLElement {
  const canvas = make("canvas", { attributes: { role: "img", "aria-label": spoken } });
  [canvas.width, canvas.height] = [SIDE, SIDE];
  paint(canvas, pixels);
  return make("figure", { class: "tile" }, canvas, make("figcaption", { text }));
}

/** Draws pixels of 0 to 16 on a canvas of 8 × 8, and again in the other colours when the scheme changes. */
export function paint(canvas: HTMLCanvasElement, pixels: Pixels): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  painted.set(canvas, pixels);
  const image = context.createImageData(SIDE, SIDE);
  const ink = channels("ink");
  pixels.forEach((value, i) => {
    image.data.set([...ink, Math.round((255 * value) / 16)], 4 * i);
  });
  context.putImageData(image, 0, 0);
}

const painted = new WeakMap<HTMLCanvasElement, Pixels>();

onSchemeChange(() => {
  for (const canvas of document.querySelectorAll("canvas")) {
    const pixels = painted.get(canvas);
    if (pixels) paint(canvas, pixels);
  }
});
