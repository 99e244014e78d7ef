import { ValueError } from "../../core/errors.ts";
import { either, type Kind, number, oneOf, record } from "../../core/kinds.ts";
import { describe } from "../../core/signature.ts";
import { type Label, type NumberByLabel, numbersOf } from "../labels.ts";

/**
 * Wanted numbers of samples of classes, as in imbalanced-learn. A name selects the classes that become as large as the
 * largest (or, for under-sampling, as small as the smallest): "auto" is all but that one. A number, for two classes, is the
 * ratio smaller class / larger class. A record or a Map gives the number of samples of each class; others are not changed.
 */
export type SamplingStrategy =
  | "auto"
  | "minority"
  | "majority"
  | "not minority"
  | "not majority"
  | "all"
  | number
  | NumberByLabel;

const names = ["auto", "minority", "majority", "not minority", "not majority", "all"] as const;

export const strategyKind: Kind = {
  .../* @__PURE__ */ either(/* @__PURE__ */ oneOf(...names), number, record),
  advice: "the default is auto",
};

/** The wanted number of samples of every class. `grow`: whether samples are added, rather than removed. */
export function wantedOf(
  who: string,
  strategy: SamplingStrategy,
  classes: readonly (readonly [label: Label, rows: readonly number[]])[],
  grow: boolean,
): number[] {
  const counts = classes.map(([, rows]) => rows.length);
  const wanted =
    typeof strategy === "string"
      ? byName(who, strategy, counts, grow)
      : typeof strategy === "number"
        ? byRatio(who, strategy, counts, grow)
        : byClass(who, strategy, classes);
  const odd = wanted.findIndex((want, c) => !fits(want, counts[c] as number, grow));
  if (odd < 0) return wanted;
  throw new ValueError(
    `${who}: expected samplingStrategy of whole numbers, ${grow ? `${counts[odd]} or more` : `from 1 to ${counts[odd]}`} samples ` +
      `of class ${describe(classes[odd]?.[0])}, which has ${counts[odd]}, got ${wanted[odd]}; ` +
      `use ${grow ? "RandomUnderSampler to leave some out" : "RandomOverSampler to add some"}`,
  );
}

const fits = (want: number, count: number, grow: boolean): boolean =>
  Number.isInteger(want) && (grow ? want >= count : want >= 1 && want <= count);

function byName(who: string, name: string, counts: readonly number[], grow: boolean): number[] {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (name === (grow ? "majority" : "minority")) {
    throw new ValueError(
      `${who}: expected samplingStrategy of classes that can ${grow ? "grow" : "shrink"}, got "${name}"; the default is auto`,
    );
  }
  const first = (count: number) => counts.indexOf(count); // of equally large classes the first
  const chosen: Readonly<Record<string, (c: number) => boolean>> = {
    minority: (c) => c === first(least),
    majority: (c) => c === first(most),
    "not minority": (c) => c !== first(least),
    "not majority": (c) => c !== first(most),
  };
  return counts.map((count, c) => ((chosen[name]?.(c) ?? true) ? (grow ? most : least) : count));
}

function byRatio(who: string, ratio: number, counts: readonly number[], grow: boolean): number[] {
  if (counts.length !== 2 || !(ratio > 0 && ratio <= 1)) {
    throw new ValueError(
      `${who}: expected a samplingStrategy in (0, 1] of two classes, got ${ratio} of ${counts.length}; ` +
        "name classes and their numbers of samples",
    );
  }
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const smaller = counts.indexOf(least);
  return counts.map((count, c) => {
    if (grow) return c === smaller ? Math.floor(most * ratio) : count;
    return c === smaller ? count : Math.floor(least / ratio);
  });
}

function byClass(
  who: string,
  given: NumberByLabel,
  classes: readonly (readonly [label: Label, rows: readonly number[]])[],
): number[] {
  const labels = classes.map(([label]) => label);
  const numbers = numbersOf(`${who}: expected samplingStrategy`, given, labels);
  return classes.map(([, rows], c) => numbers[c] ?? rows.length);
}
