import { channels, drawShape, type Shape, type Sheet, sheetOf } from "../../shared/canvas.ts";
import { colour, onSchemeChange } from "../../shared/dom.ts";
import { EDGE } from "./clouds.ts";

const colours = ["blue", "orange", "green", "pink", "yellow", "sky", "ghost", "ink"] as const;
const shapes: readonly Shape[] = ["circle", "square", "triangle"];

/** Marks of a cluster: a colour and, for readers who distinguish few colours, a shape. */
export function look(cluster: number): { colour: string; shape: Shape } {
  return {
    colour: colours[cluster % colours.length] as string,
    shape: shapes[cluster % shapes.length] as Shape,
  };
}

/** Contents of a scatter plot. */
export interface Scene {
  /** [points, 2] */
  readonly points: Float32Array;
  /** Cluster of every point; undefined before the first step. */
  readonly labels: ArrayLike<number> | undefined;
  /** Centroids [clusters, 2] after every step, from the initial ones on. */
  readonly trail: readonly ArrayLike<number>[];
}

/** CSS pixels between two samples of the background colour. */
const GRAIN = 3;

/** Points, the cells of their centroids, and the paths of the centroids. */
export class Scatter {
  readonly #canvas: HTMLCanvasElement;
  #scene: Scene | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    onSchemeChange(() => this.#draw());
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#draw();
  }

  #draw(): void {
    const sheet = this.#scene && sheetOf(this.#canvas);
    if (!sheet || !this.#scene) return;
    const { points, labels, trail } = this.#scene;
    const centres = trail.at(-1);
    if (labels && centres) drawCells(sheet, centres);
    drawPoints(sheet, points, labels);
    for (let c = 0; c < (centres?.length ?? 0) / 2; c++) drawTrail(sheet, trail, c);
  }
}

function place({ width, height }: Sheet, points: ArrayLike<number>, i: number): [number, number] {
  const [x, y] = [Number(points[2 * i]), Number(points[2 * i + 1])];
  return [(0.5 + x / (2 * EDGE.x)) * width, (0.5 - y / (2 * EDGE.y)) * height];
}

/** Colours the background by the nearest centroid. */
function drawCells(sheet: Sheet, centres: ArrayLike<number>): void {
  const [columns, rows] = [Math.ceil(sheet.width / GRAIN), Math.ceil(sheet.height / GRAIN)];
  const small = new OffscreenCanvas(columns, rows);
  const context = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const image = context.createImageData(columns, rows);
  const places = Array.from({ length: centres.length / 2 }, (_, c) => place(sheet, centres, c));
  const tints = places.map((_, c) => channels(look(c).colour));
  // both axes have one scale, so that distances on the canvas are those in the plane
  const squash = (EDGE.y / EDGE.x) * (sheet.width / sheet.height);
  for (let i = 0; i < columns * rows; i++) {
    const [px, py] = [((i % columns) + 0.5) * GRAIN, (Math.floor(i / columns) + 0.5) * GRAIN];
    let [nearest, least] = [0, Infinity];
    places.forEach(([x, y], c) => {
      const distance = (px - x) ** 2 + (squash * (py - y)) ** 2;
      if (distance < least) [nearest, least] = [c, distance];
    });
    image.data.set([...(tints[nearest] ?? [0, 0, 0]), 44], 4 * i);
  }
  context.putImageData(image, 0, 0);
  sheet.context.drawImage(small, 0, 0, columns * GRAIN, rows * GRAIN);
}

function drawPoints(sheet: Sheet, points: Float32Array, labels: ArrayLike<number> | undefined) {
  const plain = colour("muted");
  const looks = colours.map((_, c) => ({ ...look(c), fill: colour(look(c).colour) }));
  for (let i = 0; i < points.length / 2; i++) {
    const cluster = labels?.[i];
    const { shape, fill } =
      cluster === undefined
        ? ({ shape: "circle", fill: plain } as const)
        : { shape: look(cluster).shape, fill: looks[cluster % looks.length]?.fill ?? plain };
    drawShape(sheet.context, shape, place(sheet, points, i), { radius: 3, fill, rim: 0 });
  }
}

/** From a ring at the initial position to a large marker at the present one. */
function drawTrail(sheet: Sheet, trail: readonly ArrayLike<number>[], centre: number): void {
  const { context } = sheet;
  const places = trail.map((centres) => place(sheet, centres, centre));
  const [[startX, startY] = [0, 0]] = places;
  context.lineJoin = "round";
  for (const [width, name] of [
    [5, "card"],
    [2, "ink"],
  ] as const) {
    context.beginPath();
    for (const [x, y] of places) context.lineTo(x, y);
    context.lineWidth = width;
    context.strokeStyle = colour(name);
    context.stroke();
  }
  context.beginPath();
  context.arc(startX, startY, 5, 0, 2 * Math.PI);
  context.fillStyle = colour("card");
  context.fill();
  context.stroke();
  const { shape, colour: name } = look(centre);
  const end = places.at(-1) ?? [startX, startY];
  drawShape(context, shape, end, { radius: 10, fill: colour("ink") });
  drawShape(context, shape, end, { radius: 6.5, fill: colour(name), rim: 0 });
}
