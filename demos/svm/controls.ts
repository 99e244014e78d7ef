import { byId, make } from "../shared/dom.ts";
import { choice, Slider } from "../shared/fields.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/svm/page.ts";
import {
  type ClassSet,
  type CurveSet,
  classSets,
  curveSets,
  kernels,
  type Settings,
  tasks,
  views,
} from "./settings.ts";
import { features, isTable, type TableName } from "./table_scene.ts";

export interface Changes {
  /** Called when the data or their view have changed. */
  readonly data: () => void;
  /** Called when the machine's settings have changed. */
  readonly machine: () => void;
}

type FieldMaker = <T extends string>(
  id: string,
  label: string,
  options: Readonly<Record<T, string>>,
  value: T,
  take: (value: T) => void,
) => HTMLElement;

const power = (position: number) => 10 ** position;
const shown = (value: number) => number(Number(value.toPrecision(2)));

/** All settings, beside the plane. Writes changes into the settings and reports what they affect. */
export class Controls {
  readonly #settings: Settings;
  readonly #changes: Changes;
  readonly #gamma: Slider;
  readonly #degree: Slider;
  readonly #coef0: Slider;
  readonly #epsilon: Slider;

  constructor(settings: Settings, changes: Changes) {
    this.#settings = settings;
    this.#changes = changes;
    const slider = (
      key: "C" | "gamma" | "degree" | "coef0" | "epsilon",
      label: string,
      range: { readonly min: number; readonly max: number; readonly step: number },
      [to, from]: readonly [(position: number) => number, (value: number) => number],
      text: (value: number) => string = shown,
    ) =>
      new Slider({
        ...{ id: key, label, ...range, value: from(settings[key]) },
        text: (position) => text(to(position)),
        changed: (position) => {
          settings[key] = to(position);
          changes.machine();
        },
      });
    const plain = [(v: number) => v, (v: number) => v] as const;
    const C = slider("C", words.priceOfMistakeC, { min: -2, max: 3, step: 0.1 }, [
      power,
      Math.log10,
    ]);
    // at the lowest position γ is chosen from the data ("scale")
    this.#gamma = slider(
      "gamma",
      "γ",
      { min: -2.1, max: 2, step: 0.1 },
      [(v) => (v < -2.05 ? 0 : power(v)), (v) => (v === 0 ? -2.1 : Math.log10(v))],
      (v) => (v === 0 ? words.byVariance : shown(v)),
    );
    this.#degree = slider("degree", words.degreeD, { min: 1, max: 8, step: 1 }, plain);
    this.#coef0 = slider("coef0", words.constantC, { min: -3, max: 3, step: 0.1 }, plain);
    this.#epsilon = slider("epsilon", words.tubeEpsilon, { min: 0, max: 1.5, step: 0.05 }, plain);
    const kernel = choice({
      ...{ id: "kernel", label: words.kernel, options: kernels, value: settings.kernel },
      changed: (value) => {
        settings.kernel = value;
        this.refresh();
        changes.machine();
      },
    });
    const sliders = [C, this.#gamma, this.#degree, this.#coef0, this.#epsilon];
    byId("machine").append(kernel, ...sliders.map(({ element }) => element));
    this.#addTasks();
    this.refresh();
  }

  /** Shows the fields for the present data and disables those that have no effect. */
  refresh(): void {
    const { kernel, task } = this.#settings;
    this.#gamma.disabled = kernel === "linear";
    this.#degree.disabled = kernel !== "poly";
    this.#coef0.disabled = kernel !== "poly" && kernel !== "sigmoid";
    this.#epsilon.disabled = task !== "regress";
    for (const button of byId("tasks").querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.task === task));
    }
    byId("data").replaceChildren(...this.#dataFields());
  }

  #addTasks(): void {
    for (const [task, text] of Object.entries(tasks)) {
      const attributes = { type: "button", "data-task": task };
      const button = make("button", { text, attributes });
      button.addEventListener("click", () => {
        this.#settings.task = task as Settings["task"];
        this.refresh();
        this.#changes.data();
      });
      byId("tasks").append(button);
    }
  }

  #dataFields(): HTMLElement[] {
    const settings = this.#settings;
    const set: FieldMaker = (id, label, options, value, take) =>
      choice({
        ...{ id, label, options, value },
        changed: (chosen) => {
          take(chosen);
          this.refresh();
          this.#changes.data();
        },
      });
    if (settings.task === "regress") {
      return [
        set<CurveSet>("set", words.points, curveSets, settings.curveSet, (value) => {
          settings.curveSet = value;
        }),
      ];
    }
    const fields = [
      set<ClassSet>("set", words.points, classSets, settings.classSet, (value) => {
        settings.classSet = value;
        [settings.first, settings.second] = [-1, -1];
      }),
    ];
    return isTable(settings.classSet)
      ? [...fields, ...this.#planeFields(settings.classSet, set)]
      : fields;
  }

  /** How a table with many features is shown in the plane. */
  #planeFields(table: TableName, set: FieldMaker): HTMLElement[] {
    const settings = this.#settings;
    const view = set("view", words.plane, views, settings.view, (value) => {
      settings.view = value;
    });
    if (settings.view === "components") return [view];
    const { names, usual } = features[table];
    const columns = Object.fromEntries(names.map((name, i) => [String(i), name]));
    const axis = (key: "first" | "second", label: string, fallback: number) => {
      const value = String(settings[key] < 0 ? fallback : settings[key]);
      return set(key, label, columns, value, (chosen) => {
        settings[key] = Number(chosen);
      });
    };
    return [view, axis("first", words.across, usual[0]), axis("second", words.up, usual[1])];
  }
}
