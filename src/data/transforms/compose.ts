import { ValueError } from "../../core/errors.ts";
import { type Kind, list } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import {
  type Chance,
  colourOrder,
  type MixPart,
  type ResizePart,
  type TransformPart,
  toneOrder,
} from "./part.ts";
import { Transform } from "./transform.ts";

const transforms = /* @__PURE__ */ list({
  expected: "a transform",
  advice: "make one with new RandomHorizontalFlip(), say",
  accepts: (value: unknown) => value instanceof Transform,
});

/** Copies of parts with choices of their own: a transform that occurs twice chooses independently each time. */
function again(parts: readonly TransformPart[]): readonly TransformPart[] {
  const own = new Map<object, object>();
  return parts.map((part) => {
    if (!("gate" in part) || !part.gate?.choice) return part;
    const { of, range } = part.gate.choice;
    own.set(of, own.get(of) ?? {});
    return { ...part, gate: { ...part.gate, choice: { of: own.get(of) as object, range } } };
  });
}

/**
 * Applies transforms one after the other, in as few dispatches as possible. Consecutive geometric steps are multiplied to
 * one matrix per image and one resampling; the first step that reads outside the image determines the values there.
 * Colours, noise, `Normalize` and erasing in this order are one dispatch, and so are sharpness, autocontrast and
 * equalizing; blurring takes two; mixing takes one for images and two for labels.
 */
export class Compose extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("Compose", { transforms });

  constructor(given: readonly Transform[]) {
    checkArguments(Compose.signature, arguments);
    super(
      "Compose",
      given.flatMap(({ parts }) => again(parts)),
    );
  }
}

type Choosable = Exclude<TransformPart, ResizePart | MixPart | { readonly name: "normalize" }>;

/** Whether a part keeps sizes and labels, so that it can be chosen or skipped. */
const isChoosable = (part: TransformPart): part is Choosable =>
  part.kind === "colour"
    ? part.name !== "normalize"
    : part.kind !== "resize" && part.kind !== "mix";

/** Geometric steps come first: only one of all parts is taken, so their order does not matter. */
function order(part: Choosable): number {
  if (part.kind === "colour") return 10 + colourOrder.indexOf(part.name);
  return part.kind === "tone" ? 20 + toneOrder.indexOf(part.name) : part.kind === "blur" ? 30 : 0;
}

/** A part that an image takes only if the group's number is in a range. */
function chosen(part: TransformPart, choice: NonNullable<Chance["choice"]>): Choosable {
  const fits = isChoosable(part);
  if (!fits || part.gate?.choice) {
    throw new ValueError(
      `OneOf: expected transforms that leave sizes and labels as they are, got ${fits ? "another OneOf" : part.kind}; ` +
        "put it into Compose beside the OneOf",
    );
  }
  return { ...part, gate: { ...part.gate, choice } };
}

/** Options of `OneOf`. */
export interface OneOfOptions {
  /** Relative probabilities, ≥ 0 and not all 0. Default: equal. */
  readonly weights?: readonly number[];
}

const weightsKind: Kind = {
  expected: "an array of numbers ≥ 0, not all of them 0",
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((each) => Number.isFinite(each) && each >= 0) &&
    value.some((each) => each > 0),
};

/** Applies a randomly chosen transform to each image; each transform must be a single step of geometry or colour. */
export class OneOf extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("OneOf", {
    transforms,
    options: /* @__PURE__ */ options<OneOfOptions>({ weights: weightsKind }),
  });

  /** Throws `ValueError` for no transforms, for a wrong number of weights, and for transforms that change sizes. */
  constructor(given: readonly Transform[], how: OneOfOptions = {}) {
    checkArguments(OneOf.signature, arguments);
    const parts = how.weights ?? given.map(() => 1);
    if (given.length === 0 || parts.length !== given.length) {
      throw new ValueError(
        `OneOf: expected transforms and a weight for each, got ${given.length} and ${parts.length} weights; leave ` +
          "weights out to choose with equal probability",
      );
    }
    const total = parts.reduce((sum, each) => sum + each, 0);
    const of = {};
    let from = 0;
    const all = given.flatMap((each, i) => {
      const range = [
        from,
        i === given.length - 1 ? 1 : from + (parts[i] as number) / total,
      ] as const;
      from = range[1];
      return each.parts.map((part) => chosen(part, { of, range }));
    });
    super(
      "OneOf",
      all.toSorted((a, b) => order(a) - order(b)),
    );
  }
}
