import { ValueError } from "../../core/errors.ts";
import { checkArguments, describe, signature } from "../../core/signature.ts";
import { labels, targets } from "../kinds.ts";
import {
  distinct,
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  labelsAt,
  named,
  readLabelList,
  valuesOf,
} from "../labels.ts";
import { readTargets, type Targets } from "../samples.ts";
import { checkSaved, type Saved, sealed } from "../saved.ts";
import { classesOf, type Fields } from "../saved_fields.ts";
import { Unfitted } from "../unfitted.ts";

/** A fitted `LabelEncoder` as JSON, from `toJSON` and for `fromJSON`. */
export interface SavedLabelEncoder<L extends Label = Label> extends Saved {
  /** [classes], sorted: the label of every index. */
  readonly classes: readonly L[];
}

const savedFields: Fields<SavedLabelEncoder> = {
  classes: /* @__PURE__ */ classesOf("classes"),
};

const fitSignature = /* @__PURE__ */ signature("LabelEncoder.fit", { y: labels });
const bothSignature = /* @__PURE__ */ signature("LabelEncoder.fitTransform", { y: labels });
const transformSignature = /* @__PURE__ */ signature("LabelEncoder.transform", { y: labels });
const inverseSignature = /* @__PURE__ */ signature("LabelEncoder.inverseTransform", { y: targets });

/**
 * Numbers the classes from 0 on, in the order of their labels: numbers ascending, strings by code point, false before true.
 * Classifiers of wgrad/ml take labels directly; this is for models of `wgrad/nn`, whose losses take indices.
 */
export class LabelEncoder extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("LabelEncoder", {});

  constructor() {
    checkArguments(LabelEncoder.signature, arguments);
    super({});
  }

  /**
   * Learns the classes of y [samples], at least one label. Throws `ValueError` for invalid labels, or labels of different
   * kinds.
   */
  async fit<L extends Label = number>(y: LabelInput<L>): Promise<FittedLabelEncoder<LabelKind<L>>> {
    checkArguments(fitSignature, arguments);
    return fitted<LabelKind<L>>("LabelEncoder.fit", y);
  }

  /** `fit`, and the indices of y. */
  async fitTransform<L extends Label = number>(
    y: LabelInput<L>,
  ): Promise<Uint32Array<ArrayBuffer>> {
    checkArguments(bothSignature, arguments);
    return (await fitted<Label>("LabelEncoder.fitTransform", y)).transform(y);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedLabelEncoder<L>): FittedLabelEncoder<L> {
    checkSaved<SavedLabelEncoder>("LabelEncoder", saved, savedFields);
    return new FittedLabelEncoder(saved.classes);
  }
}

async function fitted<L extends Label>(who: string, y: LabelInput): Promise<FittedLabelEncoder<L>> {
  return new FittedLabelEncoder<L>(distinct(valuesOf(await readLabelList<L>(who, y))));
}

/** Result of `LabelEncoder.fit`. */
export class FittedLabelEncoder<L extends Label = number> {
  /** The class that fitted it. */
  readonly estimator = "LabelEncoder";
  /** [classes], sorted: the label of every index. */
  readonly classes: LabelList<L>;
  readonly #position: ReadonlyMap<Label, number>;

  constructor(classes: readonly L[]) {
    this.classes = labelList(classes);
    this.#position = new Map(classes.map((label, c) => [label, c]));
  }

  /** y [samples] as indices into the classes. Throws `ValueError` for labels that did not occur in fit. */
  async transform(y: LabelInput<L>): Promise<Uint32Array<ArrayBuffer>> {
    checkArguments(transformSignature, arguments);
    const who = "LabelEncoder.transform";
    const given = await readLabelList<Label>(who, y, undefined, this.classes[0]);
    return Uint32Array.from<Label>(given, (label, i) => {
      const position = this.#position.get(label);
      if (position !== undefined) return position;
      throw new ValueError(
        `${who}: expected labels of fit, ${named(this.classes)}, got y[${i}] = ${describe(label)}; fit on all labels, or ` +
          "drop such rows",
      );
    });
  }

  /** The labels for indices y [samples]. Throws `ValueError` for invalid indices. */
  async inverseTransform(y: Targets): Promise<LabelList<L>> {
    checkArguments(inverseSignature, arguments);
    const who = "LabelEncoder.inverseTransform";
    const positions = await readTargets(who, y);
    const last = this.classes.length - 1;
    const odd = positions.findIndex((at) => !(Number.isInteger(at) && at >= 0 && at <= last));
    if (odd < 0) return labelsAt<L>(this.classes, positions);
    throw new ValueError(
      `${who}: expected positions from 0 to ${last}, got y[${odd}] = ${positions[odd]}; pass what transform gave`,
    );
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedLabelEncoder<L> {
    return sealed({ estimator: this.estimator, classes: valuesOf<L>(this.classes) });
  }
}
