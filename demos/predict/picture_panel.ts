import { toCanvas } from "wgrad/data";
import { byId, make } from "../shared/dom.ts";
import type { Picture, Prepared } from "./picture.ts";

/** Longest side of the displayed picture, in pixels. */
const SHOWN = 560;

/** The first card: the picture, the network's input, and the page's pictures. */
export class PicturePanel {
  readonly #whole = byId("whole") as HTMLCanvasElement;
  readonly #seen = byId("seen") as HTMLCanvasElement;

  /** Buttons for the page's pictures. */
  offer(pictures: readonly Picture[], chosen: (picture: Picture) => void): void {
    const buttons = pictures.map((picture) => {
      const { name, source, shows } = picture;
      const face = make("canvas", { attributes: { "aria-hidden": "true" } });
      drawPicture(face, source, 56);
      const attributes = { type: "button", "aria-label": name, "data-picture": name };
      const button = make("button", { title: shows ?? name, attributes }, face);
      button.addEventListener("click", () => chosen(picture));
      return button;
    });
    byId("pictures").replaceChildren(...buttons);
  }

  /** Shows a picture unchanged. */
  show({ name, source }: Picture): void {
    drawPicture(this.#whole, source, SHOWN);
    for (const button of byId("pictures").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.picture === name));
    }
  }

  /** Shows the network's input: normalised values converted back to grey or colours. */
  async showSeen({ x, options: { mean, std } }: Prepared): Promise<void> {
    await toCanvas(x, this.#seen, { mean: mean ?? 0, std: std ?? 1 });
    this.#seen.classList.toggle("coarse", this.#seen.width < 100);
  }

  say(text: string): void {
    byId("message").textContent = text;
  }
}

/** Draws a picture on a canvas of its size, or smaller: `most` pixels on its longer side. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  source: Picture["source"],
  most: number,
): void {
  const [w, h] =
    "videoWidth" in source
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height];
  const scale = Math.min(1, most / Math.max(w, h));
  [canvas.width, canvas.height] = [
    Math.max(1, Math.round(w * scale)),
    Math.max(1, Math.round(h * scale)),
  ];
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  canvas.classList.toggle("coarse", w < 100);
}
