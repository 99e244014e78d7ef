import { make } from "./dom.ts";

export interface SliderOptions {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** Formats the text beside the slider for a position. */
  readonly text: (position: number) => string;
  readonly changed: (position: number) => void;
}

/** A labelled slider that shows its value. */
export class Slider {
  readonly element: HTMLElement;
  readonly #range: HTMLInputElement;
  readonly #shown = make("output");
  readonly #text: (position: number) => string;

  constructor({ id, label, min, max, step, value, text, changed }: SliderOptions) {
    this.#text = text;
    const numbers = { min: String(min), max: String(max), step: String(step) };
    this.#range = make("input", { attributes: { type: "range", id, ...numbers } });
    const name = make("label", { text: label, attributes: { for: id } });
    this.element = make("div", { class: "field" }, name, this.#shown, this.#range);
    this.value = value;
    this.#range.addEventListener("input", () => {
      this.#say();
      changed(this.value);
    });
  }

  /** Moves the slider as a visitor would; the position is clamped to its range. */
  move(position: number): void {
    this.value = position;
    this.#range.dispatchEvent(new Event("input", { bubbles: true }));
  }

  get value(): number {
    return Number(this.#range.value);
  }

  set value(value: number) {
    this.#range.value = String(value);
    this.#say();
  }

  set disabled(disabled: boolean) {
    this.#range.disabled = disabled;
    this.element.classList.toggle("off", disabled);
    this.#say();
  }

  /** Updates its text, after something else it depends on has changed. */
  refresh(): void {
    this.#say();
  }

  #say(): void {
    const text = this.#text(this.value);
    this.#shown.textContent = text;
    this.#range.setAttribute("aria-valuetext", text);
  }
}

export interface ChoiceOptions<T extends string> {
  readonly id: string;
  readonly label: string;
  readonly options: Readonly<Record<T, string>>;
  readonly value: T;
  readonly changed: (value: T) => void;
}

/** A labelled list to choose from. */
export function choice<T extends string>(given: ChoiceOptions<T>): HTMLElement {
  const { id, label, options, value, changed } = given;
  const select = make("select", { attributes: { id } });
  for (const [name, text] of Object.entries<string>(options)) {
    select.append(make("option", { text, attributes: { value: name } }));
  }
  select.value = value;
  select.addEventListener("change", () => changed(select.value as T));
  return make(
    "div",
    { class: "field" },
    make("label", { text: label, attributes: { for: id } }),
    select,
  );
}

/** Named figures of a run; returns a function that sets them by name. */
export function numbersOf<T extends string>(
  host: HTMLElement,
  names: Readonly<Record<T, string>>,
): (values: Partial<Readonly<Record<T, string>>>) => void {
  const list = make("dl", { class: "numbers" });
  const cells = new Map<string, HTMLElement>();
  for (const [key, name] of Object.entries<string>(names)) {
    const cell = make("dd", { text: "–", attributes: { id: `value-${key}` } });
    cells.set(key, cell);
    list.append(make("div", {}, make("dt", { text: name }), cell));
  }
  host.append(list);
  return (values) => {
    for (const [key, text] of Object.entries<string | undefined>(values)) {
      const cell = cells.get(key);
      if (cell && text !== undefined) cell.textContent = text;
    }
  };
}
