import { sheetOf } from "../../shared/canvas.ts";
import { colour, make, onSchemeChange } from "../../shared/dom.ts";
import * as words from "../../words/en/normalisation/training.ts";
import { BINS } from "./histograms.ts";
import { sides } from "./sides.ts";

/** Pixels beside the bars for the layers' names, and below for numbers. */
const LEFT = 22;
const BELOW = 20;

/** [layer][bar]: shares. */
export type Bars = readonly (readonly number[])[];

export interface Scale {
  readonly span: readonly [number, number];
  /** Axis label of a value. */
  readonly text: (value: number) => string;
}

/**
 * Histograms of the layers of two networks, first layer at the top; heights are square roots, so that small shares are
 * visible beside large ones.
 */
export class Ridges {
  readonly #canvas = make("canvas", {
    attributes: { role: "img", "aria-label": words.notKnownYet },
  });
  readonly #scale: Scale;
  #both: readonly Bars[] = [];

  constructor(host: HTMLElement, title: string, scale: Scale) {
    this.#scale = scale;
    host.append(
      make("figure", { class: "ridges" }, make("figcaption", { text: title }), this.#canvas),
    );
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
    onSchemeChange(() => this.#draw());
  }

  /** One entry for each network. */
  show(both: readonly Bars[], spoken: string): void {
    this.#both = both;
    this.#canvas.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #draw(): void {
    const sheet = sheetOf(this.#canvas);
    const layers = this.#both[0]?.length ?? 0;
    if (!sheet || layers === 0) return;
    const { context, width, height } = sheet;
    const row = (height - BELOW) / layers;
    const across = (bin: number) => LEFT + (bin / BINS) * (width - LEFT);
    this.#drawScale(context, width, height);
    for (let layer = 0; layer < layers; layer++) {
      const floor = (layer + 1) * row;
      context.fillStyle = colour("muted");
      context.fillText(String(layer + 1), 4, floor - 4);
      const most = Math.max(...this.#both.flatMap((bars) => bars[layer] ?? []));
      for (const [i, bars] of this.#both.entries()) {
        const { colour: tint, dash } = sides[i as 0 | 1];
        context.strokeStyle = colour(tint);
        context.lineWidth = 1.5;
        context.setLineDash([...dash]);
        context.beginPath();
        for (const [bin, share] of (bars[layer] ?? []).entries()) {
          const y = floor - 0.9 * row * Math.sqrt(share / (most || 1));
          context.lineTo(across(bin), y);
          context.lineTo(across(bin + 1), y);
        }
        context.stroke();
      }
      context.setLineDash([]);
    }
  }

  #drawScale(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { span, text } = this.#scale;
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "alphabetic";
    context.strokeStyle = colour("line");
    context.lineWidth = 1;
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const x = LEFT + share * (width - LEFT);
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height - BELOW);
      context.stroke();
      context.fillStyle = colour("muted");
      context.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
      context.fillText(text(span[0] + share * (span[1] - span[0])), x, height - 5);
    }
    context.textAlign = "left";
  }
}
