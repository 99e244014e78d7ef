import { ShapeError, ValueError } from "../core/errors.ts";
import { isA } from "../core/realm.ts";
import { describe } from "../core/signature.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { readColumn, type SampleColumn } from "./samples.ts";

/** A class label: a string, a boolean, or an integer that float64 represents exactly. */
export type Label = number | string | boolean;

/** y of classifiers [samples]: one label per sample, all of the same kind, in a list or in a column [samples, 1]. */
export type LabelInput<L extends Label = Label> =
  | LabelValues<L>
  | SampleColumn<LabelValues<L>>
  | readonly (readonly L[])[]
  | Tensor;

/** Labels on the host, one per sample, all of the same kind; numbers may be in any kind of list. */
export type LabelValues<L extends Label = Label> =
  | readonly L[]
  | LabelList<L>
  | (L extends number ? ArrayLike<number> | BigInt64Array | BigUint64Array : never);

/** The kind of a label: `"yes" | "no"` is string. */
export type LabelKind<L extends Label> = L extends string
  ? string
  : L extends boolean
    ? boolean
    : number;

/** Labels returned by the library, of the kind of y: strings, booleans, or numbers in a Float64Array. */
export type LabelList<L extends Label = Label> = L extends string
  ? string[]
  : L extends boolean
    ? boolean[]
    : Float64Array<ArrayBuffer>;

/** Labels as indices into the sorted list of classes. */
export interface IndexedLabels<L extends Label = Label> {
  /** The distinct labels: numbers ascending, strings by code point, false before true. */
  readonly classes: readonly L[];
  /** Index into `classes` of every sample's label. */
  readonly index: Uint32Array<ArrayBuffer>;
}

/** Checks y of a classifier: a label for each of n samples, and at least two classes, or `atLeast`. */
export async function readLabels<L extends Label>(
  who: string,
  given: LabelInput,
  n: number,
  { atLeast = 2 }: { readonly atLeast?: number } = {},
): Promise<IndexedLabels<L>> {
  const labels = encoded<L>(valuesOf(await readLabelList(who, given, n)));
  if (labels.classes.length >= atLeast) return labels;
  throw new ValueError(
    `${who}: expected labels of at least ${atLeast} classes, got only ${named(labels.classes)}; add samples of another class`,
  );
}

/** Checks labels: one for each of n samples (default: at least one), all of one kind, that of `like` if it is given. */
export async function readLabelList<L extends Label>(
  who: string,
  given: LabelInput,
  n?: number,
  like?: Label,
): Promise<LabelList<L>> {
  const y = await readList(who, given, n);
  return checkLabels<L>(who, y, like === undefined ? {} : { like: ["classes[0]", like] });
}

/** Checks y that may be labels or numbers, which need not be integers. */
export async function readLabelsOrNumbers<L extends Label>(
  who: string,
  given: LabelInput,
  n: number,
): Promise<LabelList<L>> {
  return checkLabels<L>(who, await readList(who, given, n), { whole: false });
}

async function readList(who: string, given: LabelInput, n?: number): Promise<LabelValues> {
  const y = (await readColumn(who, given)) as LabelValues;
  if (n === undefined ? y.length > 0 : y.length === n) return y;
  throw new ShapeError(
    n === undefined
      ? `${who}: expected one label at least in y, got 0; pass those of the samples`
      : `${who}: expected ${n} labels in y, one a row of X, got ${y.length}; check that X and y belong together`,
  );
}

interface LabelListOptions {
  /** Name of the list in messages. Default "y". */
  readonly name?: string;
  /** A label of the expected kind, and its place. Default the first label. */
  readonly like?: readonly [place: string, label: Label | undefined];
  /** Whether numbers must be integers. Default true. */
  readonly whole?: boolean;
}

/** Returns the labels if all are valid and of one kind. */
export function checkLabels<L extends Label>(
  who: string,
  given: LabelValues,
  { name = "y", like, whole = true }: LabelListOptions = {},
): LabelList<L> {
  const labels = Array.from<unknown, Label>(given, (value, i) =>
    checkLabel(who, value, `${name}[${i}]`, whole),
  );
  const [place, first] = like ?? [`${name}[0]`, labels[0]];
  const odd = labels.findIndex((label) => typeof label !== typeof first);
  if (odd < 0) return labelList(labels as L[]);
  throw new ValueError(
    `${who}: expected labels of one kind, as ${place} = ${describe(first)}, got ` +
      `${name}[${odd}] = ${describe(labels[odd])}; make all of them ${typeof first}s`,
  );
}

function checkLabel(who: string, value: unknown, place: string, whole: boolean): Label {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value))) {
    const number = Number(value);
    if (!whole && typeof value === "number") return number;
    if (Number.isSafeInteger(number)) return number + 0; // convert −0 to 0
    const [expected, advice] = Number.isInteger(number)
      ? ["at most 2^53 − 1", "make strings of them"]
      : ["whole", "use a regressor for continuous values, or make strings of them"];
    throw new ValueError(
      `${who}: expected numbers that are ${expected} as labels, got ${place} = ${describe(value)}; ${advice}`,
    );
  }
  throw new ValueError(
    `${who}: expected ${whole ? "strings, booleans or whole numbers as labels" : "finite numbers or labels"}, got ` +
      `${place} = ${describe(value)}; drop such rows, or give them a label of their own`,
  );
}

/** Indices of labels of one kind into their classes. */
export function encoded<L extends Label>(labels: ArrayLike<L>): IndexedLabels<L> {
  const classes = distinct(labels);
  const position = new Map(classes.map((label, c) => [label, c]));
  return { classes, index: Uint32Array.from(labels, (label) => position.get(label) ?? 0) };
}

/** The distinct labels of all lists, sorted. */
export const distinct = <L extends Label>(...lists: readonly ArrayLike<L>[]): L[] =>
  [...new Set(lists.flatMap((list) => Array.from(list)))].sort(compareLabels);

/** Labels of one kind in the form that the library returns. */
export const labelList = <L extends Label>(labels: ArrayLike<L>): LabelList<L> =>
  (typeof labels[0] === "string" || typeof labels[0] === "boolean"
    ? Array.from(labels)
    : Float64Array.from(labels as ArrayLike<number>)) as LabelList<L>;

/** The values of a list. */
export const valuesOf = <L extends Label>(list: LabelList<L>): L[] =>
  Array.from<Label>(list) as L[];

/** The labels at some positions of a list. */
export const labelsAt = <L extends Label>(
  list: LabelList<L>,
  positions: ArrayLike<number>,
): LabelList<L> => labelList(Array.from(positions, (at) => list[at] as L));

/** Labels as messages show them: the first ten. */
export function named(labels: ArrayLike<Label>): string {
  const first = Array.from(labels).slice(0, 10).map(describe).join(", ");
  return labels.length > 10 ? `${first}, … (${labels.length} in all)` : first;
}

/** A number for each of some labels: in a record with the label as text, or in a Map. */
export type NumberByLabel = Readonly<Record<string | number, number>> | ReadonlyMap<Label, number>;

/**
 * The numbers for `classes`, in order, undefined for classes without one. Throws `ValueError` for a number of an unknown
 * class.
 */
export function numbersOf(
  who: string,
  given: NumberByLabel,
  classes: readonly Label[],
): (number | undefined)[] {
  const byLabel = isA(given, "Map");
  const entries = byLabel ? (given as ReadonlyMap<Label, number>) : Object.entries(given);
  const numbers = new Map<Label, number>(entries);
  const keys = byLabel ? classes : classes.map(String);
  const stranger = [...numbers.keys()].find((label) => !keys.includes(label));
  if (stranger === undefined) return keys.map((label) => numbers.get(label));
  throw new ValueError(
    `${who} of classes ${named(classes)}, got one of ${describe(stranger)}; name labels of y`,
  );
}

/** Numbers ascending, strings by code point, false before true. */
export function compareLabels(a: Label, b: Label): number {
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  return Number(a) - Number(b);
}

function compareStrings(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [p, q] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (p !== q) return rank(p) - rank(q);
  }
  return a.length - b.length;
}

/** Rank of a UTF-16 unit: surrogates, which encode code points from U+10000 on, come after all other units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
