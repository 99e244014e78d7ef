import { type Binding, Pane } from "tweakpane";
import { byId } from "../../shared/dom.ts";
import * as words from "../../words/en/resnet/panels.ts";
import { activations, blocks, norms, optimisers, type Settings, usualRate } from "../settings.ts";
import { BlockDrawing } from "./block.ts";

const rates = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3];
const widths = [4, 8, 16, 32, 64];

/** The controls for the settings. `changed` is called after each change. */
export class Controls {
  readonly settings: Settings;
  readonly #pane = new Pane({ container: byId("pane") });

  constructor(settings: Settings, changed: () => void) {
    this.settings = settings;
    this.#choice("block", words.block, entries(blocks));
    this.#choice("norm", words.normalisation, entries(norms));
    this.#choice("activation", words.activation, entries(activations));
    this.#pane.addBinding(settings, "shortcut", { label: words.shortcut });
    this.#choice("depth", words.depth, numbers([1, 2, 3, 4], settings.depth));
    this.#choice("width", words.width, numbers(widths, settings.width));
    this.#choice("optimiser", words.optimiser, entries(optimisers)).on("change", () => {
      settings.learningRate = usualRate[settings.optimiser];
      rate.refresh();
    });
    const rate = this.#choice(
      "learningRate",
      words.learningRate,
      numbers(rates, settings.learningRate),
    );
    this.#choice("epochs", words.epochs, numbers([1, 2, 3, 5, 10, 20], settings.epochs));
    this.#choice("seed", words.seed, numbers([1, 2, 3, 4, 5], settings.seed));
    const drawing = new BlockDrawing(byId("block"));
    drawing.show(settings);
    this.#pane.on("change", () => {
      drawing.show(settings);
      changed();
    });
    nameFields(this.#pane.element);
  }

  #choice<K extends keyof Settings>(
    name: K,
    label: string,
    options: readonly { text: string; value: Settings[K] }[],
  ): Binding {
    return this.#pane.addBinding(this.settings, name, { label, options });
  }
}

function entries<T extends string>(choices: Partial<Readonly<Record<T, string>>>) {
  return (Object.entries(choices) as [T, string][]).map(([value, text]) => ({ text, value }));
}

/** Numbers to choose from, including the present one. */
function numbers(values: readonly number[], present: number) {
  const all = [...new Set([...values, present])].sort((a, b) => a - b);
  return all.map((value) => ({ text: String(value), value }));
}

/** Ties each label to its field, for screen readers. */
function nameFields(pane: HTMLElement): void {
  for (const row of pane.querySelectorAll(".tp-lblv")) {
    const label = row.querySelector(".tp-lblv_l")?.textContent;
    if (label) row.querySelector("select, input")?.setAttribute("aria-label", label);
  }
}
