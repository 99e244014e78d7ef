import { channels, drawShape, type Sheet, sheetOf } from "../../shared/canvas.ts";
import { colour, onSchemeChange } from "../../shared/dom.ts";
import { spirals } from "./spirals.ts";
import { SIDE } from "./train.ts";

const { x, y } = spirals();

/** The plane from −1.2 to 1.2: the network's predictions and the samples. */
export class Picture {
  readonly #canvas: HTMLCanvasElement;
  #shares: readonly number[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    onSchemeChange(() => this.#draw());
  }

  show(shares: readonly number[], spoken: string): void {
    this.#shares = shares;
    this.#canvas.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #draw(): void {
    const sheet = sheetOf(this.#canvas);
    if (!sheet) return;
    if (this.#shares.length > 0) drawShares(sheet, this.#shares);
    const at = (value: number, size: number) => ((value + 1.2) / 2.4) * size;
    for (const [i, label] of y.entries()) {
      const place = [
        at(Number(x[2 * i]), sheet.width),
        at(-Number(x[2 * i + 1]), sheet.height),
      ] as const;
      const look = { radius: 3, rim: 0.5, fill: colour(label === 1 ? "orange" : "blue") };
      drawShape(sheet.context, label === 1 ? "square" : "circle", place, look);
    }
  }
}

/** The more certain the prediction, the stronger the colour of its class. */
function drawShares({ context, width, height }: Sheet, shares: readonly number[]): void {
  const small = new OffscreenCanvas(SIDE, SIDE);
  const inner = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const image = inner.createImageData(SIDE, SIDE);
  const [first, second] = [channels("blue"), channels("orange")];
  shares.forEach((share, i) => {
    image.data.set([...(share > 0.5 ? second : first), 200 * Math.abs(share - 0.5)], 4 * i);
  });
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, width, height);
}
