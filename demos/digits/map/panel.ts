import { type FittedPCA, PCA } from "wgrad/ml";
import { Board, line, type View } from "../../shared/board.ts";
import { drawShape } from "../../shared/canvas.ts";
import { byId, colour } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/digits/map.ts";
import type { Digits } from "../data.ts";
import type { Pixels } from "../own.ts";

const tints = ["blue", "orange", "green", "pink", "yellow"] as const;

/** All digits on a map of their first two principal components, and the drawing among them. */
export class MapPanel {
  readonly #digits: Digits;
  readonly #board: Board;
  #pca: FittedPCA | undefined;
  #places: Float64Array | Float32Array = new Float64Array();
  #drawn: readonly [number, number] | undefined;
  #near: readonly (readonly [number, number])[] = [];
  result: object | undefined;

  constructor(digits: Digits) {
    this.#digits = digits;
    this.#board = new Board(byId("map-board"), {
      domain: [-34, 36, -32, 34],
      titles: { x: words.firstComponent, y: words.secondComponent },
      draw: (view) => this.#draw(view),
    });
  }

  async fit(): Promise<void> {
    this.#pca = await new PCA({ nComponents: 2 }).fit(this.#digits.rows);
    const { data } = await this.#pca.transform(this.#digits.rows);
    this.#places = data;
    this.#board.redraw(words.mapOf1797Digits);
  }

  /** Marks a drawing on the map, with lines to its neighbours. */
  async show(pixels: Pixels | undefined, near: readonly Pixels[]): Promise<void> {
    const pca = this.#pca;
    if (!pca) return;
    const rows = pixels ? [pixels, ...near] : [];
    const { data } = rows.length > 0 ? await pca.transform(rows) : { data: [] };
    const places = rows.map((_, i) => [Number(data[2 * i]), Number(data[2 * i + 1])] as const);
    [this.#drawn, ...this.#near] = places;
    const [first = 0, second = 0] = pca.explainedVarianceRatio;
    const at = this.#drawn?.map((value) => value.toFixed(1)).join(", ");
    const said = words.twoOf64DirectionsHold(percent(first + second), at);
    byId("map-message").textContent = said;
    this.#board.redraw(words.mapOf1797DigitsOf(said));
    this.result = { drawn: this.#drawn, ratio: [first, second], sentence: said };
  }

  #draw({ context, place }: View): void {
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    const colours = tints.map(colour);
    for (const [i, label] of this.#digits.labels.entries()) {
      const [x, y] = place(Number(this.#places[2 * i]), Number(this.#places[2 * i + 1]));
      context.fillStyle = colours[label % tints.length] ?? "";
      context.fillText(String(label), x, y);
    }
    const drawn = this.#drawn;
    if (!drawn) return;
    context.lineWidth = 2;
    context.strokeStyle = colour("ink");
    for (const each of this.#near) line(context, place(...drawn), place(...each));
    drawShape(context, "diamond", place(...drawn), { radius: 9, fill: colour("ink"), rim: 2 });
  }
}
