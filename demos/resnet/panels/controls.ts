import { byId } from "../../shared/dom.ts";
import { choice, tick } from "../../shared/fields.ts";
import { activations, blocks, norms, optimisers, type Settings, usualRate } from "../settings.ts";

const rates = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3];
const widths = [4, 8, 16, 32, 64];

/** The settings that are numbers to choose from. */
type Numeric = "depth" | "width" | "learningRate" | "epochs" | "seed";

/** The choices a visitor has. `changed` is called after each. */
export class Controls {
  readonly settings: Settings;
  readonly #changed: () => void;

  constructor(settings: Settings, changed: () => void) {
    this.settings = settings;
    this.#changed = changed;
    const rate = this.#numbers("learningRate", "Learning rate", rates);
    const optimiser = choice({
      ...{ id: "optimiser", label: "Optimiser", options: optimisers, value: settings.optimiser },
      changed: (value) => {
        settings.optimiser = value;
        settings.learningRate = usualRate[value];
        (rate.querySelector("select") as HTMLSelectElement).value = String(settings.learningRate);
        changed();
      },
    });
    byId("fields").append(
      this.#choice("block", "Block", blocks),
      this.#choice("norm", "Normalisation", norms),
      this.#choice("activation", "Activation", activations),
      tick({
        ...{ id: "shortcut", label: "Shortcut", value: settings.shortcut },
        changed: (value) => this.#set("shortcut", value),
      }),
      this.#numbers("depth", "Depth", [1, 2, 3, 4]),
      this.#numbers("width", "Width", widths),
      optimiser,
      rate,
      this.#numbers("epochs", "Epochs", [1, 2, 3, 5, 10, 20]),
      this.#numbers("seed", "Seed", [1, 2, 3, 4, 5]),
    );
  }

  #set<K extends keyof Settings>(name: K, value: Settings[K]): void {
    this.settings[name] = value;
    this.#changed();
  }

  #choice<K extends "block" | "norm" | "activation">(
    id: K,
    label: string,
    options: Partial<Readonly<Record<Settings[K], string>>>,
  ): HTMLElement {
    const named = options as Readonly<Record<Settings[K], string>>; // as many as there are
    return choice<Settings[K]>({
      ...{ id, label, options: named, value: this.settings[id] },
      changed: (chosen) => this.#set(id, chosen),
    });
  }

  /** Numbers to choose from, with the present one among them. */
  #numbers(id: Numeric, label: string, values: readonly number[]): HTMLElement {
    const present = this.settings[id];
    const all = [...new Set([...values, present])].sort((a, b) => a - b).map(String);
    return choice({
      ...{ id, label, value: String(present) },
      options: Object.fromEntries(all.map((text) => [text, text])),
      changed: (text) => this.#set(id, Number(text)),
    });
  }
}
