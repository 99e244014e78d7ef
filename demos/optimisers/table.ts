import { make, onSchemeChange } from "../shared/dom.ts";
import { number } from "../shared/format.ts";
import { term } from "../shared/terms.ts";
import type { TermName } from "../words/en/glossary/index.ts";
import * as words from "../words/en/optimisers/page.ts";
import { drawKey } from "./marker.ts";
import { outcome } from "./outcome.ts";
import type { Track } from "./race.ts";
import { type Racer, racers } from "./racers.ts";
import type { Surface, SurfaceName } from "./surfaces.ts";

interface Row {
  readonly racer: Racer;
  readonly box: HTMLInputElement;
  readonly rate: HTMLInputElement | undefined;
  readonly rateText: HTMLElement;
  readonly cells: { readonly distance: HTMLElement; readonly steps: HTMLElement };
}

/** The racers with their learning rates and their progress. */
export class Table {
  readonly #rows: readonly Row[];

  /** `shownChanged` is called after a tick, `rateChanged` when a slider is released. */
  constructor(
    body: HTMLElement,
    { shownChanged, rateChanged }: { shownChanged: () => void; rateChanged: () => void },
  ) {
    this.#rows = racers.map((racer) => row(racer));
    for (const { racer, box, rate, rateText, cells } of this.#rows) {
      const key = make("canvas", { attributes: { "aria-hidden": "true" } });
      drawKey(key, racer.look);
      onSchemeChange(() => drawKey(key, racer.look));
      box.addEventListener("change", shownChanged);
      rate?.addEventListener("input", () => this.#showRates());
      rate?.addEventListener("change", rateChanged);
      const label = make("label", {}, box, key, make("span", { text: words.method(racer.name) }));
      const speed = make("td", { class: "rate" }, ...(rate ? [rate] : []), rateText);
      const rule = term(racer.name as TermName, words.rule); // a test checks that each is in the glossary
      const head = make("th", { attributes: { scope: "row" } }, label, rule);
      body.append(make("tr", {}, head, speed, cells.distance, cells.steps));
    }
  }

  /** Learning rates that suit a surface. */
  setDefaults(surface: SurfaceName): void {
    for (const { racer, rate } of this.#rows) {
      if (rate && racer.order === 1) rate.value = String(Math.log10(racer.rates[surface]));
    }
    this.#showRates();
  }

  /** All racers with the chosen learning rates. */
  entries(): { racer: Racer; lr: number }[] {
    return this.#rows.map(({ racer, rate }) => ({
      racer,
      lr: rate ? 10 ** Number(rate.value) : 1,
    }));
  }

  /** The first racer shown, with its learning rate; the first of all if none is. */
  get first(): { racer: Racer; lr: number } {
    const all = this.entries();
    return all.find((_, i) => this.#rows[i]?.box.checked) ?? (all[0] as (typeof all)[number]);
  }

  shown(track: Track): boolean {
    return this.#rows.find(({ racer }) => racer === track.racer)?.box.checked ?? false;
  }

  show(surface: Surface, tracks: readonly Track[]): void {
    tracks.forEach((track, i) => {
      const { distance, stepsToReach } = outcome(surface, track);
      const { cells } = this.#rows[i] as Row;
      cells.distance.textContent = Number.isFinite(distance) ? number(distance) : words.gone;
      cells.steps.textContent = stepsToReach === undefined ? "–" : String(stepsToReach);
      cells.steps.classList.toggle("there", stepsToReach !== undefined);
    });
  }

  #showRates(): void {
    for (const { rate, rateText } of this.#rows) {
      if (rate) rateText.textContent = number(Number((10 ** Number(rate.value)).toPrecision(2)));
    }
  }
}

function row(racer: Racer): Row {
  const box = make("input", { attributes: { type: "checkbox" } });
  box.checked = racer.shown;
  const rate =
    racer.order === 1
      ? make("input", {
          attributes: {
            type: "range",
            min: "-5",
            max: "1",
            step: "0.01",
            "aria-label": words.learningRateOf(words.method(racer.name)),
          },
        })
      : undefined;
  const rateText = make("span", { text: rate ? "" : words.findsItself });
  return {
    racer,
    box,
    rate,
    rateText,
    cells: { distance: make("td"), steps: make("td") },
  };
}
