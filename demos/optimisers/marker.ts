import { colour } from "../shared/dom.ts";
import type { Look, Marker } from "./racers.ts";

const outlines: Readonly<
  Record<Marker, (c: CanvasRenderingContext2D, x: number, y: number, r: number) => void>
> = {
  circle: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  triangle: (c, x, y, r) => polygon(c, x, y + r / 4, 1.25 * r, 3, -Math.PI / 2),
  diamond: (c, x, y, r) => polygon(c, x, y, 1.3 * r, 4, 0),
  cross: (c, x, y, r) => {
    c.rect(x - r, y - r / 3, 2 * r, (2 * r) / 3);
    c.rect(x - r / 3, y - r, (2 * r) / 3, 2 * r);
  },
};

function polygon(
  c: CanvasRenderingContext2D,
  x: number,
  y: number,
  r: number,
  sides: number,
  turn: number,
): void {
  for (let k = 0; k < sides; k++) {
    const angle = turn + (2 * Math.PI * k) / sides;
    c.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  c.closePath();
}

/** A racer's marker, with a rim in the card's colour. */
export function drawMarker(
  context: CanvasRenderingContext2D,
  look: Look,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath();
  outlines[look.marker](context, x, y, radius);
  context.lineWidth = 3;
  context.strokeStyle = colour("card");
  context.stroke();
  context.fillStyle = colour(look.colour);
  context.fill();
}

/** A racer's line with its marker, as the key of a table. */
export function drawKey(canvas: HTMLCanvasElement, look: Look): void {
  const scale = devicePixelRatio || 1;
  const [width, height] = [40, 16];
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.scale(scale, scale);
  context.strokeStyle = colour(look.colour);
  context.lineWidth = 2.5;
  context.setLineDash([...look.dash]);
  context.beginPath();
  context.moveTo(1, height / 2);
  context.lineTo(width - 12, height / 2);
  context.stroke();
  context.setLineDash([]);
  drawMarker(context, look, width - 8, height / 2, 4.5);
}
