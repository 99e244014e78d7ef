import { make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { percent } from "../../shared/format.ts";
import type { Strengths } from "../settings.ts";
import { type Affine, matrixElement } from "./matrix.ts";

const degrees = (value: number) => `±${value}°`;
const around = (value: number) => `± ${percent(value, 0)}`;
const chance = (value: number) => `${percent(value, 0)} of pictures`;

/** The sliders: name, greatest value, step, and what stands beside. */
const rows: Readonly<
  Record<keyof Strengths, readonly [string, number, number, (value: number) => string]>
> = {
  rotate: ["Rotation", 180, 5, degrees],
  shift: ["Translation", 0.4, 0.02, around],
  zoom: ["Scaling", 0.5, 0.05, around],
  shear: ["Shear", 45, 5, degrees],
  flip: ["Mirroring", 1, 0.1, chance],
  brightness: ["Brightness", 0.9, 0.1, around],
  contrast: ["Contrast", 0.9, 0.1, around],
  noise: ["Noise, σ", 0.5, 0.02, (value) => value.toFixed(2)],
  erase: ["Erasing", 1, 0.1, chance],
};

/** Transforms that are a matrix, and what the matrix beside the slider is of. */
export const moves = {
  rotate: (value: number) => `Turned by ${value}°`,
  shift: (value: number) => `Moved by ${percent(value, 0)} to the right and down`,
  zoom: (value: number) => `${percent(1 + value, 0)} of the size`,
  shear: (value: number) => `Sheared by ${value}° along x`,
  flip: (value: number) => (value > 0 ? "Mirrored" : "Never mirrored"),
} as const;

export type Move = keyof typeof moves;

/** A slider for each transform, and below those that move pixels the matrix at full strength. */
export class StrengthSliders {
  readonly #strengths: Strengths;
  readonly #matrices = new Map<Move, HTMLElement>();

  constructor(host: HTMLElement, strengths: Strengths, changed: () => void) {
    this.#strengths = strengths;
    for (const [key, [label, max, step, text]] of Object.entries(rows)) {
      const name = key as keyof Strengths;
      const slider = new Slider({
        ...{ id: name, label, min: 0, max, step, text, value: strengths[name] },
        changed: (value) => {
          strengths[name] = value;
          changed();
        },
      });
      host.append(slider.element);
      if (!(name in moves)) continue;
      const place = make("div", { class: "at-full" });
      slider.element.append(place);
      this.#matrices.set(name as Move, place);
    }
  }

  /** Shows the matrices at full strength. */
  show(matrices: Readonly<Record<Move, Affine | undefined>>): void {
    for (const [name, place] of this.#matrices) {
      const caption = make("span", { class: "hint", text: moves[name](this.#strengths[name]) });
      place.replaceChildren(caption, matrixElement(matrices[name]));
    }
  }
}
