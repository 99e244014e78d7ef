import { ValueError } from "../../core/errors.ts";
import type { Size } from "../../core/shape.ts";
import type { BlurOptions } from "../../kernels/augment/blur.ts";
import type { ColourOptions } from "../../kernels/augment/colour.ts";
import type { Gate } from "../../kernels/augment/draw.ts";
import type { GeometryOptions } from "../../kernels/augment/geometry.ts";
import { MAX_STEPS } from "../../kernels/augment/matrix.ts";
import type { OperationOptions } from "../../kernels/augment/operation.ts";
import type { ToneOptions } from "../../kernels/augment/tone.ts";
import type { Stream } from "../../kernels/random/stream.ts";
import type { SampleMode } from "../../kernels/sample/taps.ts";
import {
  type BlurPart,
  type Chance,
  type ColourPart,
  colourOrder,
  type GeometryPart,
  type MixPart,
  type Outside,
  type ResizePart,
  type TonePart,
  type TransformPart,
  toneOrder,
} from "./part.ts";

type Changing<T> = { -readonly [Name in keyof T]: T[Name] };

/** One dispatch, or two for antialiased resizing and for blurring. */
export type ImagePass =
  | { readonly kind: "geometry"; readonly options: Changing<Omit<GeometryOptions, keyof Stream>> }
  | { readonly kind: "colour"; readonly options: Changing<Omit<ColourOptions, keyof Stream>> }
  | { readonly kind: "tone"; readonly options: Changing<Omit<ToneOptions, keyof Stream>> }
  | { readonly kind: "operation"; readonly options: Omit<OperationOptions, keyof Stream> }
  | { readonly kind: "blur"; readonly options: Omit<BlurOptions, keyof Stream | "axis"> }
  | { readonly kind: "resize"; readonly size: Size; readonly mode: ResizePart["mode"] }
  | { readonly kind: "mix"; readonly part: MixPart };

/** Number of steps of a pass. */
const COLOUR_STEPS = 8;
const TONE_STEPS = 3;

/** The better of two interpolations. */
const finer: Readonly<Record<SampleMode, number>> = { nearest: 0, bilinear: 1, bicubic: 2 };

const sameOutside = (a: Outside, b: Outside): boolean =>
  a.padding === b.padding && a.reflectAt === b.reflectAt && `${a.fill ?? 0}` === `${b.fill ?? 0}`;

/**
 * Combines parts into passes: consecutive geometric steps become one resampling, colour steps in the kernel's order one
 * dispatch.
 */
export class Planner {
  readonly passes: ImagePass[] = [];
  /** Current size of the images. */
  size: Size;
  #number = 0;
  #outside: Outside | undefined;
  #last = -1;
  #choice: object | undefined;
  readonly #choices = new Map<object, number>();

  constructor(size: Size) {
    this.size = size;
  }

  add(part: TransformPart): void {
    if (part.kind === "geometry") this.#geometry(part);
    else if (part.kind === "colour") this.#colour(part);
    else if (part.kind === "tone") this.#tone(part);
    else if (part.kind === "blur") this.#blur(part);
    else if (part.kind === "mix") this.passes.push({ kind: "mix", part });
    else {
      const size = part.sizeOf(this.size);
      if (size[0] === this.size[0] && size[1] === this.size[1]) return;
      this.passes.push({ kind: "resize", size, mode: part.mode });
      this.size = size;
    }
  }

  #geometry({ step, gate, mode = "nearest" }: GeometryPart): void {
    const { outside, ...rest } = step(this.size);
    if (gate?.choice && `${rest.to}` !== `${this.size}`) {
      throw new ValueError(
        `OneOf: expected transforms that leave sizes and labels as they are, got one from ${this.size.join(" × ")} to ` +
          `${rest.to.join(" × ")}; put it into Compose beside the OneOf`,
      );
    }
    const before = this.passes.at(-1);
    const joins =
      before?.kind === "geometry" &&
      before.options.steps.length < MAX_STEPS &&
      !before.options.finish &&
      (!outside || !this.#outside || sameOutside(outside, this.#outside));
    if (!joins) {
      this.#outside = undefined;
      const options = { steps: [], first: this.#number, mode, padding: "border" } as const;
      this.passes.push({ kind: "geometry", options });
    }
    const pass = this.passes.at(-1) as Extract<ImagePass, { kind: "geometry" }>;
    const { options } = pass;
    if (outside) {
      this.#outside = outside;
      Object.assign(options, outside);
    }
    if (finer[mode] > finer[options.mode ?? "nearest"]) options.mode = mode;
    options.steps = [...options.steps, { ...rest, from: this.size, gate: this.#gate(gate) }];
    this.#number++;
    this.size = rest.to;
  }

  #colour(part: ColourPart): void {
    const place = colourOrder.indexOf(part.name);
    const open = this.#open(part);
    const late = part.name === "normalize" && open?.erase && open.mean === undefined;
    const joins = this.#joins(part, open);
    const options = open && (place > this.#last || late || joins) ? open : this.#newColour();
    if (!late) this.#last = place;
    this.#choice = part.gate?.choice?.of;
    if (part.name === "normalize") {
      if (late) options.erase = normalised(options.erase as Erase, part);
      options.mean = part.mean;
      options.std = part.std;
    } else if (part.name === "jitter") {
      const { options: jitter } = part;
      const gate = this.#gate(part.gate);
      const steps = jitter.steps.map((each) => each && { ...each, gate });
      const all = steps.map((each, k) => each ?? (joins ? open?.jitter?.steps[k] : undefined));
      options.jitter = { ...jitter, steps: all };
    } else {
      Object.assign(options, { [part.name]: { ...part.options, gate: this.#gate(part.gate) } });
    }
  }

  /**
   * Whether jitter steps can join those before them: of steps with the same choice only one is taken, so their order does
   * not matter.
   */
  #joins(part: ColourPart, open: Omit<ColourOptions, keyof Stream> | undefined): boolean {
    if (part.name !== "jitter" || !open?.jitter || !part.gate?.choice) return false;
    const before = open.jitter;
    const apart = part.options.steps.every((each, k) => !each || !before.steps[k]);
    const ordered = !part.options.shuffled && !before.shuffled;
    return apart && ordered && this.#last === 0 && this.#choice === part.gate.choice.of;
  }

  #tone({ name, gate, options }: TonePart): void {
    const place = toneOrder.indexOf(name);
    let pass = this.passes.at(-1);
    if (pass?.kind !== "tone" || place <= this.#last) {
      pass = { kind: "tone", options: { first: this.#number } };
      this.passes.push(pass);
      this.#number += TONE_STEPS;
    }
    this.#last = place;
    Object.assign(pass.options, { [name]: { ...options, gate: this.#gate(gate) } });
  }

  #blur({ size, sigma, gate }: BlurPart): void {
    const options = { size, sigma, gate: this.#gate(gate), first: this.#number++ };
    this.passes.push({ kind: "blur", options });
  }

  /** The previous pass, if it can include a colour step; final steps can be included in a resampling. */
  #open({ name }: ColourPart): Changing<Omit<ColourOptions, keyof Stream>> | undefined {
    const before = this.passes.at(-1);
    if (before?.kind === "colour") return before.options;
    if (before?.kind !== "geometry") return undefined;
    if (!before.options.finish && colourOrder.indexOf(name) >= colourOrder.indexOf("noise")) {
      before.options.finish = { first: this.#number };
      this.#number += COLOUR_STEPS;
      this.#last = -1;
    }
    return before.options.finish;
  }

  /** Numbers choices in the order in which they occur. */
  #gate({ p, choice }: Chance = {}): Gate {
    if (!choice) return { p };
    const number = this.#choices.get(choice.of) ?? this.#choices.size;
    this.#choices.set(choice.of, number);
    return { p, group: { number, range: choice.range } };
  }

  #newColour() {
    const options = { first: this.#number };
    this.passes.push({ kind: "colour", options });
    this.#number += COLOUR_STEPS;
    return options as Changing<Omit<ColourOptions, keyof Stream>>;
  }
}

type Erase = NonNullable<ColourOptions["erase"]>;

/** The fill value before normalisation, if erasing follows normalisation. */
function normalised(
  erase: Erase,
  { mean, std }: Extract<ColourPart, { name: "normalize" }>,
): Erase {
  const [means, stds, values] = [[mean].flat(), [std].flat(), [erase.value].flat()];
  const channels = Math.max(means.length, stds.length, values.length);
  const at = (list: readonly number[], k: number) => list[Math.min(k, list.length - 1)] as number;
  const value = Array.from(
    { length: channels },
    (_, k) => (at(values, k) - at(means, k)) / at(stds, k),
  );
  return { ...erase, value, sigma: (erase.sigma ?? 0) / at(stds, 0) };
}
