import type { FlameNode, Profile } from "wgrad/train";
import { make } from "../../shared/dom.ts";
import * as words from "../../words/en/resnet/panels.ts";

/** The part of the step that a box represents. */
export interface FlamePart extends Omit<FlameNode, "kind" | "children"> {
  readonly kind: FlameNode["kind"] | "step";
  readonly children: readonly FlamePart[];
  /** Path of the part from the step inwards, including the part itself. */
  readonly path: readonly string[];
}

/** A box as drawn. */
interface Box {
  readonly part: FlamePart;
  readonly row: number;
  /** Position and width, as shares of the chart's width. */
  readonly left: number;
  readonly width: number;
  readonly button: HTMLButtonElement;
}

/** Colours of the phases, distinguishable with every kind of colour vision; the boxes also name them. */
export const tones: Readonly<Record<FlameNode["phase"], string>> = {
  forward: "blue",
  backward: "orange",
  optimizer: "green",
};

/** Strength of the colour; text has enough contrast on all of them. */
const strengths: Readonly<Record<FlamePart["kind"], string>> = {
  step: "10%",
  phase: "45%",
  layer: "28%",
  kernel: "14%",
};

const ROW = 25;
/** Boxes below the first width are left out, those below the second have no text; in pixels. */
const [THIN, NARROW] = [1.5, 26];

/**
 * A step as a flame chart: a row each for phases, layers, nested layers and kernels; a box is as wide as its time. A
 * click on a box enlarges it to the width of the chart, a click on one above it goes back. Arrow keys move from box to
 * box.
 */
export class FlameChart {
  readonly element = make("div", {
    class: "flame",
    attributes: {
      role: "group",
      "aria-label": words.timeOfOneTrainingStep,
    },
  });
  readonly #describe: (part: FlamePart | undefined) => void;
  #step: FlamePart | undefined;
  #path: readonly string[] = [];
  #boxes: Box[] = [];
  /** Size as drawn, in pixels. */
  #width = 0;

  /** `describe` is called with the box that is pointed at or focused. */
  constructor(describe: (part: FlamePart | undefined) => void) {
    this.#describe = describe;
    new ResizeObserver(() => {
      if (this.element.clientWidth !== this.#width) this.#draw();
    }).observe(this.element);
    this.element.addEventListener("keydown", (event) => this.#walk(event));
    this.element.addEventListener("pointerleave", () => this.#describe(undefined));
  }

  show(profile: Profile): void {
    const { milliseconds, flops, bytes, dispatches } = profile;
    this.#step = {
      ...{ name: words.oneStep, kind: "step", phase: "forward", path: [] },
      ...{ milliseconds, flops, bytes, calls: dispatches.length },
      children: profile.flame().map((node) => partOf(node, [])),
    };
    this.#draw();
  }

  /** Draws the part at a path in the chart's width, with its ancestors above and its parts below. */
  #draw(): void {
    this.#width = this.element.clientWidth;
    if (!this.#step || this.#width === 0) return;
    const focused = this.#boxes.find(({ button }) => button === document.activeElement)?.part.path;
    this.#boxes = [];
    let part = this.#step;
    for (const name of this.#path) {
      const child = part.children.find((each) => each.path.at(-1) === name);
      if (!child) break; // the new network has no such layer
      this.#box(part, 0, 1);
      part = child;
    }
    this.#path = part.path;
    this.#place(part, 0, 1);
    this.element.replaceChildren(...this.#boxes.map(({ button }) => button));
    const rows = Math.max(...this.#boxes.map(({ row }) => row)) + 1;
    this.element.style.height = `${rows * ROW}px`;
    const wanted = focused ?? this.#path;
    const entrance = this.#boxes
      .filter(({ part: { path } }) => path.every((name, i) => name === wanted[i]))
      .reduce((a, b) => (b.row > a.row ? b : a));
    entrance.button.tabIndex = 0;
    if (focused) entrance.button.focus();
  }

  #place(part: FlamePart, left: number, width: number): void {
    if (width * this.#width < THIN) return;
    this.#box(part, left, width);
    let at = left;
    for (const child of part.children) {
      const share = part.milliseconds > 0 ? (child.milliseconds / part.milliseconds) * width : 0;
      this.#place(child, at, share);
      at += share;
    }
  }

  #box(part: FlamePart, left: number, width: number): void {
    const row = part.path.length;
    const narrow = width * this.#width < NARROW;
    const button = make("button", {
      text: narrow ? "" : part.name,
      class: narrow ? "tiny" : "",
      attributes: {
        type: "button",
        tabindex: "-1",
        "aria-label": part.path.join(", ") || part.name,
      },
      style: {
        left: `${100 * left}%`,
        width: `${100 * width}%`,
        top: `${row * ROW}px`,
        "--tone": part.kind === "step" ? "var(--ink)" : `var(--${tones[part.phase]})`,
        "--strength": strengths[part.kind],
      },
    });
    for (const name of ["pointerenter", "focus"] as const)
      button.addEventListener(name, () => this.#describe(part));
    button.addEventListener("click", () => {
      this.#path = part.path;
      button.focus();
      this.#draw();
      this.#describe(part);
    });
    this.#boxes.push({ part, row, left, width, button });
  }

  #walk(event: KeyboardEvent): void {
    const from = this.#boxes.find(({ button }) => button === event.target);
    const step = steps[event.key];
    const to = from && step?.(this.#boxes, from);
    if (!to) return;
    event.preventDefault();
    from.button.tabIndex = -1;
    to.button.tabIndex = 0;
    to.button.focus();
  }
}

/** The box to which an arrow key moves. */
const steps: Readonly<Record<string, (boxes: readonly Box[], from: Box) => Box | undefined>> = {
  ArrowLeft: (boxes, { row, left }) => boxes.findLast((box) => box.row === row && box.left < left),
  ArrowRight: (boxes, { row, left }) => boxes.find((box) => box.row === row && box.left > left),
  ArrowUp: (boxes, { row, left }) =>
    boxes.findLast((box) => box.row === row - 1 && box.left <= left),
  ArrowDown: (boxes, { row, left, width }) =>
    boxes.find((box) => box.row === row + 1 && box.left >= left && box.left < left + width),
};

function partOf(node: FlameNode, above: readonly string[]): FlamePart {
  const path = [...above, node.name];
  return { ...node, path, children: node.children.map((child) => partOf(child, path)) };
}
