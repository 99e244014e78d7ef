import { contour } from "../shared/contour.ts";
import { colour, onSchemeChange } from "../shared/dom.ts";
import * as words from "../words/en/optimisers/page.ts";
import type { Grid } from "./contours.ts";
import { drawMarker } from "./marker.ts";
import type { Track } from "./race.ts";
import type { Point, Surface } from "./surfaces.ts";

/** Contour levels of log₁₀(loss): three a decade. */
const PER_DECADE = 3;
/** Aspect ratio of the picture: height divided by width. */
const ASPECT = 0.8;

/** Candidate positions of a name, in pixels below the end of its path. */
const LABEL_ROWS = [0, 15, -15, 30, -30];

/** Contents of the picture. */
export interface Scene {
  readonly surface: Surface;
  readonly grid: Grid;
  readonly tracks: readonly Track[];
}

/** The paths over the contours of the surface. */
export class Plot {
  readonly #canvas: HTMLCanvasElement;
  readonly #changed: () => void;
  #scene: Scene | undefined;
  #background: { grid: Grid; picture: HTMLCanvasElement } | undefined;

  /** `changed` is called when the picture has another size. */
  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    this.#canvas = canvas;
    this.#changed = changed;
    new ResizeObserver(() => this.#repaint()).observe(canvas);
    onSchemeChange(() => this.#repaint());
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#draw();
  }

  /** CSS pixels of a point, relative to the picture's top left. */
  place([x, y]: Point, { domain }: Surface): [number, number] {
    const [left, right, bottom, top] = domain;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return [((x - left) / (right - left)) * width, ((top - y) / (top - bottom)) * height];
  }

  /** The point at CSS pixels relative to the picture's top left, clamped to the picture. */
  pointAt(px: number, py: number, { domain }: Surface): Point {
    const [left, right, bottom, top] = domain;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const share = (value: number, size: number) => Math.min(Math.max(value / size, 0.01), 0.99);
    return [left + share(px, width) * (right - left), top - share(py, height) * (top - bottom)];
  }

  #repaint(): void {
    this.#background = undefined;
    this.#draw();
    this.#changed();
  }

  #draw(): void {
    const scene = this.#scene;
    const canvas = this.#canvas;
    const width = canvas.clientWidth;
    if (!scene || width === 0) return;
    const scale = devicePixelRatio || 1;
    const [w, h] = [Math.round(width * scale), Math.round(width * ASPECT * scale)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    if (this.#background?.grid !== scene.grid) {
      this.#background = { grid: scene.grid, picture: paint(scene.grid, w, h) };
    }
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#background.picture, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    for (const minimum of scene.surface.minima) {
      this.#star(context, this.place(minimum, scene.surface));
    }
    for (const track of scene.tracks) this.#path(context, track, scene.surface);
    this.#ends(context, scene);
  }

  #star(context: CanvasRenderingContext2D, [x, y]: readonly [number, number]): void {
    context.strokeStyle = colour("ink");
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.stroke();
  }

  #path(context: CanvasRenderingContext2D, { racer, points }: Track, surface: Surface): void {
    context.beginPath();
    for (const point of points) {
      if (!Number.isFinite(point[0] + point[1])) break;
      const [x, y] = this.place(point, surface).map((v) => Math.min(Math.max(v, -4000), 4000));
      context.lineTo(x as number, y as number);
    }
    context.lineJoin = "round";
    context.setLineDash([]);
    context.strokeStyle = colour("card");
    context.lineWidth = 4.5;
    context.stroke();
    context.setLineDash([...racer.look.dash]);
    context.strokeStyle = colour(racer.look.colour);
    context.lineWidth = 2.25;
    context.stroke();
    context.setLineDash([]);
  }

  /** Markers at the ends of paths, and names beside those that have room. */
  #ends(context: CanvasRenderingContext2D, { tracks, surface }: Scene): void {
    const taken: [number, number][] = [];
    context.font = "600 12px system-ui, sans-serif";
    context.textBaseline = "middle";
    for (const { racer, points } of [...tracks].reverse()) {
      const end = points.findLast(([x, y]) => Number.isFinite(x + y));
      if (!end) continue;
      const [x, y] = this.place(end, surface);
      drawMarker(context, racer.look, x, y, 5);
      const width = context.measureText(words.method(racer.name)).width;
      const { clientWidth, clientHeight } = this.#canvas;
      const inside = x > 0 && y > 8 && x < clientWidth && y < clientHeight - 8;
      const left = x + 10 + width < clientWidth ? x + 10 : x - 10 - width;
      const free = (at: number) =>
        taken.every(([a, b]) => Math.abs(b - at) > 14 || Math.abs(a - left) > width + 8);
      const row = LABEL_ROWS.map((offset) => y + offset).find(free);
      if (!inside || row === undefined) continue;
      taken.push([left, row]);
      context.lineWidth = 4;
      context.strokeStyle = colour("card");
      context.strokeText(words.method(racer.name), left, row);
      context.fillStyle = colour(racer.look.colour);
      context.fillText(words.method(racer.name), left, row);
    }
  }
}

/** Tints low areas; lines at equal steps of the logarithm. */
function paint(grid: Grid, width: number, height: number): HTMLCanvasElement {
  const { side, low, high } = grid;
  const small = new OffscreenCanvas(side, side);
  const inner = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  inner.fillStyle = colour("accent");
  const [, r = 0, g = 0, b = 0] =
    /#(..)(..)(..)/.exec(String(inner.fillStyle))?.map((v) => Number.parseInt(v, 16)) ?? [];
  const image = inner.createImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const row = side - 1 - Math.floor(i / side);
    const value = grid.height[row * side + (i % side)] as number;
    const depth = (high - value) / (high - low);
    image.data.set([r, g, b, 130 * depth ** 1.5], 4 * i);
  }
  inner.putImageData(image, 0, 0);
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [width, height];
  const context = picture.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = colour("card");
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, width, height);
  context.strokeStyle = colour("muted");
  context.globalAlpha = 0.45;
  context.lineWidth = Math.max(1, width / 900);
  const [sx, sy] = [width / (side - 1), height / (side - 1)];
  for (let level = Math.ceil(low * PER_DECADE); level <= high * PER_DECADE; level++) {
    const lines = contour(grid, level / PER_DECADE);
    context.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo((lines[i] as number) * sx, height - (lines[i + 1] as number) * sy);
      context.lineTo((lines[i + 2] as number) * sx, height - (lines[i + 3] as number) * sy);
    }
    context.stroke();
  }
  return picture;
}
