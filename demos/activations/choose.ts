import { byId } from "../shared/dom.ts";
import { choice, Slider } from "../shared/fields.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/activations/page.ts";
import { named, type Shape, titles } from "./names.ts";
import type { Settings } from "./settings.ts";

export interface Changes {
  /** Called when another activation, or another parameter of one, is chosen. */
  readonly shape: () => void;
  /** Called when another point or another range is chosen. */
  readonly look: () => void;
}

/** Fields for the two activations compared, their parameters, and the point and range shown. */
export class Choose {
  readonly #settings: Settings;
  readonly #numbers: Readonly<Record<keyof Shape, Slider>>;
  readonly #x: Slider;

  constructor(settings: Settings, changes: Changes) {
    this.#settings = settings;
    const side = (id: "first" | "second", label: string) =>
      choice({
        ...{ id, label, options: titles, value: settings[id] },
        changed: (value) => {
          settings[id] = value;
          this.#refresh();
          changes.shape();
        },
      });
    const slider = (
      id: keyof Shape | "x" | "span",
      label: string,
      [min, max, step]: readonly [number, number, number],
      changed: () => void,
    ) =>
      new Slider({
        ...{ id, label, min, max, step, value: settings[id], text: number },
        changed: (value) => {
          settings[id] = value;
          changed();
        },
      });
    this.#numbers = {
      slope: slider("slope", words.slopeOfLeakyReluLeft, [0, 1, 0.01], changes.shape),
      alpha: slider("alpha", words.alphaOfEluAndCelu, [0.1, 3, 0.1], changes.shape),
      beta: slider("beta", words.betaOfSoftplus, [0.2, 5, 0.1], changes.shape),
      lambd: slider("lambd", words.lambdaOfShrinks, [0, 2, 0.1], changes.shape),
    };
    this.#x = slider("x", words.xThatYouLookAt, [-10, 10, 0.05], changes.look);
    const span = slider("span", words.shownToEitherSideOf, [0.5, 10, 0.5], changes.look);
    byId("choice-fields").append(
      side("first", words.blue),
      side("second", words.orange),
      ...Object.values(this.#numbers).map(({ element }) => element),
      this.#x.element,
      span.element,
    );
    this.#refresh();
  }

  /** Moves to another point. */
  look(x: number): void {
    this.#x.move(Math.round(20 * x) / 20);
  }

  #refresh(): void {
    const taken = [this.#settings.first, this.#settings.second].map((name) => named[name].takes);
    for (const [name, { element }] of Object.entries(this.#numbers))
      element.hidden = !taken.includes(name as keyof Shape);
  }
}
