import { ValueError } from "../../core/errors.ts";
import { type Kind, list } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import {
  type Chance,
  colourOrder,
  type MixPart,
  type Part,
  type Resizing,
  toneOrder,
} from "./part.ts";
import { Transform } from "./transform.ts";

const transforms = /* @__PURE__ */ list({
  expected: "a transform",
  advice: "make one with new RandomHorizontalFlip(), say",
  accepts: (value: unknown) => value instanceof Transform,
});

/** Parts whose choices are of their own: a transform that comes twice chooses twice. */
function again(parts: readonly Part[]): readonly Part[] {
  const own = new Map<object, object>();
  return parts.map((part) => {
    if (!("gate" in part) || !part.gate?.choice) return part;
    const { of, range } = part.gate.choice;
    own.set(of, own.get(of) ?? {});
    return { ...part, gate: { ...part.gate, choice: { of: own.get(of) as object, range } } };
  });
}

/**
 * Transforms one after the other, in as few dispatches as they allow: consecutive steps of geometry multiply to one matrix an
 * image and one resampling, with what lies outside as the first of them says that looks there; colours, noise, `Normalize` and
 * erasing in this order are one dispatch, and so are sharpness, autocontrast and equalizing; blurring is two; mixing is one for
 * images and two for labels.
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

type Choosable = Exclude<Part, Resizing | MixPart | { readonly name: "normalize" }>;

/** Whether a part leaves sizes and labels as they are, and may be left out. */
const isChoosable = (part: Part): part is Choosable =>
  part.kind === "colour"
    ? part.name !== "normalize"
    : part.kind !== "resize" && part.kind !== "mix";

/** Steps of geometry first: only one of all is taken, so their order does not matter. */
function order(part: Choosable): number {
  if (part.kind === "colour") return 10 + colourOrder.indexOf(part.name);
  return part.kind === "tone" ? 20 + toneOrder.indexOf(part.name) : part.kind === "blur" ? 30 : 0;
}

/** A part that an image takes only where the group's number lies in a range. */
function chosen(part: Part, choice: NonNullable<Chance["choice"]>): Choosable {
  const fits = isChoosable(part);
  if (!fits || part.gate?.choice) {
    throw new ValueError(
      `OneOf: expected transforms that leave sizes and labels as they are, got ${fits ? "another OneOf" : part.kind}; ` +
        "put it beside OneOf, into Compose",
    );
  }
  return { ...part, gate: { ...part.gate, choice } };
}

/** How likely each transform is. */
export interface OneOfOptions {
  /** In proportion to which each is chosen, ≥ 0 and not all 0. Default all alike. */
  readonly weights?: readonly number[];
}

const weightsKind: Kind = {
  expected: "an array of numbers ≥ 0, not all of them 0",
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((each) => Number.isFinite(each) && each >= 0) &&
    value.some((each) => each > 0),
};

/** One of several transforms for each image, chosen at random; of one step of geometry or colour each. */
export class OneOf extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("OneOf", {
    transforms,
    options: /* @__PURE__ */ options<OneOfOptions>({ weights: weightsKind }),
  });

  /** Throws `ValueError` for no transforms, for weights that are not one for each, and for transforms that change sizes. */
  constructor(given: readonly Transform[], how: OneOfOptions = {}) {
    checkArguments(OneOf.signature, arguments);
    const parts = how.weights ?? given.map(() => 1);
    if (given.length === 0 || parts.length !== given.length) {
      throw new ValueError(
        `OneOf: expected transforms and a weight for each, got ${given.length} and ${parts.length} weights; leave ` +
          "weights out to choose all alike",
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
