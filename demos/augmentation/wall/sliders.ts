import { make } from "../../shared/dom.ts";
import { Slider } from "../../shared/fields.ts";
import { percent } from "../../shared/format.ts";
import * as words from "../../words/en/augmentation/wall.ts";
import type { Strengths } from "../settings.ts";
import { type Affine, matrixElement } from "./matrix.ts";

const degrees = (value: number) => `±${value}°`;
const around = (value: number) => `± ${percent(value, 0)}`;
const chance = (value: number) => words.ofPictures(percent(value, 0));

/** The sliders: name, largest value, step, and the text beside it. */
const rows: Readonly<
  Record<keyof Strengths, readonly [string, number, number, (value: number) => string]>
> = {
  rotate: [words.rotation, 180, 5, degrees],
  shift: [words.translation, 0.4, 0.02, around],
  zoom: [words.scaling, 0.5, 0.05, around],
  shear: [words.shear, 45, 5, degrees],
  flip: [words.mirroring, 1, 0.1, chance],
  brightness: [words.brightness, 0.9, 0.1, around],
  contrast: [words.contrast, 0.9, 0.1, around],
  noise: [words.noise, 0.5, 0.02, (value) => value.toFixed(2)],
  erase: [words.erasing, 1, 0.1, chance],
};

/** Transforms that are a matrix, and the strength at which the matrix beside the slider is shown. */
export const moves = {
  rotate: (value: number) => words.turnedBy(value),
  shift: (value: number) => words.movedByToRightAnd(percent(value, 0)),
  zoom: (value: number) => words.ofSize(percent(1 + value, 0)),
  shear: (value: number) => words.shearedByAlongX(value),
  flip: (value: number) => (value > 0 ? words.mirrored : words.neverMirrored),
} as const;

export type Move = keyof typeof moves;

/** A slider for each transform; below those that move pixels, the matrix at full strength. */
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
