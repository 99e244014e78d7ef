import { colour } from "./dom.ts";

/** A canvas to draw on: its context in CSS pixels, and its size in them. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Clears a canvas and fits it to the screen's resolution; undefined while the canvas is hidden. */
export function sheetOf(canvas: HTMLCanvasElement): Sheet | undefined {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (width === 0 || height === 0 || !context) return undefined;
  const scale = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = colour("card");
  context.fillRect(0, 0, width, height);
  return { context, width, height };
}

/** Red, green and blue of a colour of theme.css, 0 to 255. */
export function channels(name: string): [number, number, number] {
  const [r = 0, g = 0, b = 0] = (colour(name).match(/[\da-f]{2}/gi) ?? []).map((digits) =>
    Number.parseInt(digits, 16),
  );
  return [r, g, b];
}

const outlines = {
  circle: (c: CanvasRenderingContext2D, x: number, y: number, r: number) =>
    c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c: CanvasRenderingContext2D, x: number, y: number, r: number) =>
    c.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r),
  triangle: (c: CanvasRenderingContext2D, x: number, y: number, r: number) => {
    c.moveTo(x, y - 1.2 * r);
    c.lineTo(x + 1.1 * r, y + 0.8 * r);
    c.lineTo(x - 1.1 * r, y + 0.8 * r);
    c.closePath();
  },
  diamond: (c: CanvasRenderingContext2D, x: number, y: number, r: number) => {
    c.moveTo(x, y - 1.3 * r);
    c.lineTo(x + 1.3 * r, y);
    c.lineTo(x, y + 1.3 * r);
    c.lineTo(x - 1.3 * r, y);
    c.closePath();
  },
};

export type Shape = keyof typeof outlines;

/** A filled shape with a border in the card's colour, so that it stands out on every background. */
export function drawShape(
  context: CanvasRenderingContext2D,
  shape: Shape,
  [x, y]: readonly [number, number],
  { radius, fill, rim = 1.5 }: { radius: number; fill: string; rim?: number },
): void {
  context.beginPath();
  outlines[shape](context, x, y, radius);
  if (rim > 0) {
    context.lineWidth = 2 * rim;
    context.strokeStyle = colour("card");
    context.stroke();
  }
  context.fillStyle = fill;
  context.fill();
}
