import { svg } from "../../shared/svg.ts";
import * as words from "../../words/en/resnet/block.ts";
import { activations, type Block, norms, type Settings } from "../settings.ts";

/** Kernels of the convolutions, from the input to the output. */
const kernels: Readonly<Record<Block, readonly string[]>> = {
  basic: ["3×3", "3×3"],
  bottleneck: ["1×1", "3×3", "1×1"],
  preactivation: ["3×3", "3×3"],
  preactivationBottleneck: ["1×1", "3×3", "1×1"],
  resnext: ["1×1", words.inFourGroups("3×3"), "1×1"],
};

/** One box of the drawing. */
export interface Part {
  readonly kind: "conv" | "norm" | "act" | "plus";
  readonly text: string;
}

/** Parts of a block, in the order in which an input passes them; at the plus the input itself is added. */
export function partsOf(
  settings: Pick<Settings, "block" | "norm" | "activation" | "shortcut">,
): readonly Part[] {
  const { block, norm, activation, shortcut } = settings;
  const first = block.startsWith("preactivation");
  const act: Part = { kind: "act", text: activations[activation] ?? activation };
  const normed: Part[] =
    norm === "none" ? [] : [{ kind: "norm", text: words.normNamed(norms[norm]) }];
  const parts = kernels[block].flatMap((kernel): Part[] => {
    const conv: Part = { kind: "conv", text: words.convolution(kernel) };
    return first ? [...normed, act, conv] : [conv, ...normed, act];
  });
  if (!shortcut) return parts;
  const plus: Part = { kind: "plus", text: words.plusInput };
  return first ? [...parts, plus] : [...parts.slice(0, -1), plus, act];
}

/** Size of the drawing, its boxes and the distance from one box to the next, in pixels. */
const [WIDTH, BOX, HIGH, STEP] = [260, 150, 20, 27];
/** Centre of the boxes, and the line of the shortcut. */
const [CENTRE, SIDE] = [150, 40];
/** Top of the first box. */
const TOP = 26;

/** The block that the settings describe, as a drawing below them. */
export class BlockDrawing {
  readonly #svg = svg("svg", { role: "img", class: "block", width: WIDTH });
  readonly #said = document.createElement("p");

  constructor(host: HTMLElement) {
    this.#said.className = "hint";
    host.replaceChildren(this.#svg, this.#said);
  }

  show(settings: Settings): void {
    const parts = partsOf(settings);
    const end = TOP + STEP * parts.length + 12;
    this.#svg.setAttribute("viewBox", `0 0 ${WIDTH} ${end}`);
    this.#svg.setAttribute("height", String(end));
    this.#svg.setAttribute("aria-label", words.blockSaid(parts.map(({ text }) => text).join(", ")));
    const plus = parts.findIndex(({ kind }) => kind === "plus");
    this.#svg.replaceChildren(
      svg("path", { class: "flow", d: `M${CENTRE} 14V${end - 2}m-4 -6l4 6l4 -6` }),
      svg("text", { x: CENTRE + 8, y: 18 }, words.input),
      ...(plus < 0 ? [] : shortcut(TOP + STEP * plus + HIGH / 2)),
      ...parts.flatMap(drawn),
    );
    this.#said.textContent = words.suchBlocks(settings.stages, settings.depth, settings.width);
  }
}

/** The shortcut: an arrow past the convolutions to the plus at height y. */
const shortcut = (y: number) => [
  svg("path", { class: "flow", d: `M${CENTRE} 20H${SIDE}V${y}H${CENTRE - 12}m-6 -4l6 4l-6 4` }),
  svg("text", { x: SIDE - 6, y: (20 + y) / 2, class: "upright" }, words.shortcut),
];

function drawn({ kind, text }: Part, i: number): SVGElement[] {
  const y = TOP + STEP * i;
  const middle = { x: CENTRE, y: y + 14, "text-anchor": "middle" };
  if (kind === "plus")
    return [
      svg("circle", { class: "plus", cx: CENTRE, cy: y + HIGH / 2, r: 11 }),
      svg("text", middle, "+"),
    ];
  const box = { x: CENTRE - BOX / 2, y, width: BOX, height: HIGH, rx: 5 };
  return [svg("rect", { class: kind, ...box }), svg("text", middle, text)];
}
