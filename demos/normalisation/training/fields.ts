import { choice, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import * as words from "../../words/en/normalisation/training.ts";
import { orders, type Settings } from "../settings.ts";
import { betweens, sides } from "./sides.ts";

const LABELS = { first: words.blue, second: words.orange } as const;

/** Settings of the two trainings. */
export function addFields(host: HTMLElement, settings: Settings, changed: () => void): void {
  const set = <K extends keyof Settings>(name: K, value: Settings[K]) => {
    settings[name] = value;
    changed();
  };
  host.append(
    ...sides.map(({ setting }) =>
      choice({
        ...{ id: setting, label: LABELS[setting], options: betweens, value: settings[setting] },
        changed: (value) => set(setting, value),
      }),
    ),
    choice({
      ...{ id: "order", label: words.normStands, options: orders, value: settings.order },
      changed: (value) => set("order", value),
    }),
    new Slider({
      ...{ id: "batch", label: words.digitsOfStep, min: 1, max: 6, step: 1 },
      value: Math.log2(settings.batch),
      text: (power) => String(2 ** power),
      changed: (power) => set("batch", 2 ** power),
    }).element,
    new Slider({
      ...{ id: "rate", label: words.learningRateOfAdam, min: -4, max: -1, step: 0.25 },
      value: settings.rate,
      text: (power) => number(10 ** power),
      changed: (rate) => set("rate", rate),
    }).element,
  );
}
