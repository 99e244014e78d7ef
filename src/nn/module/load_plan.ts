import { callBack } from "../../core/caller.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, callback, either, type Kind, record, string } from "../../core/kinds.ts";
import { type Shape, sameShape, show } from "../../core/shape.ts";
import { describe, options } from "../../core/signature.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Counter } from "./counter.ts";

/** How names of a state are matched with names of a model. */
export interface LoadOptions {
  /** Whether missing, unexpected and mismatched names are errors; if false, they are only reported. Default true. */
  readonly strict?: boolean;
  /** Only names with this prefix are loaded, and the prefix is removed: "module." or "backbone.". Default "": all names. */
  readonly prefix?: string;
  /** Maps names of the state, without the prefix, to names of the model; undefined, or no entry, keeps a name. */
  readonly rename?: Readonly<Record<string, string>> | ((name: string) => string | undefined);
}

/** A tensor whose shapes in the model and in the state differ. */
export interface Mismatch {
  /** Name of the tensor in the model. */
  readonly name: string;
  /** Shape of the tensor in the model. */
  readonly expected: Shape;
  /** Shape of the tensor in the state. */
  readonly got: Shape;
}

/** Names that were not loaded, as the model calls them. */
export interface LoadReport {
  /**
   * Names of the model that the state lacks, except counters, and except shared tensors that were loaded under another of
   * their names.
   */
  readonly missing: readonly string[];
  /** Names of the state that the model lacks. */
  readonly unexpected: readonly string[];
  /** Tensors with different shapes in the model and the state. */
  readonly mismatched: readonly Mismatch[];
}

/** Entries of a model's state, by name. */
export type NamedState = readonly (readonly [name: string, value: Tensor | Counter])[];

/** The source of one value of the model. */
export interface Loading {
  readonly name: string;
  readonly value: Tensor | Counter;
  /** Name of the tensor in the state. */
  readonly from: string;
}

export const loadOptions: Kind = /* @__PURE__ */ options<LoadOptions>({
  strict: boolean,
  prefix: string,
  rename: /* @__PURE__ */ either(callback, record),
});

/**
 * Plans which values are loaded from a state with these names and shapes. If strict, throws `ValueError` for missing or
 * unexpected names and `ShapeError` for different shapes. Always throws if two names become the same.
 */
export function planLoad(
  own: NamedState,
  state: Iterable<readonly [name: string, shape: Shape]>,
  { strict = true, ...naming }: LoadOptions,
): { loading: readonly Loading[]; report: LoadReport } {
  const given = renamed(state, naming);
  const names = new Set(own.map(([name]) => name));
  const found = new Set(own.flatMap(([name, value]) => (given.has(name) ? [value] : [])));
  const missing = own.flatMap(([name, value]) =>
    found.has(value) || value instanceof Counter ? [] : [name],
  );
  const unexpected = [...given.keys()].filter((name) => !names.has(name));
  if (strict && (missing.length || unexpected.length)) {
    throw new ValueError(
      `loadStateDict: expected the names of this model, got ${missing.length} missing [${missing.slice(0, 5).join(", ")}] ` +
        `and ${unexpected.length} unknown [${unexpected.slice(0, 5).join(", ")}]; build the model the state was saved ` +
        "from, or see the options prefix, rename and strict",
    );
  }
  const loading: Loading[] = [];
  const mismatched: Mismatch[] = [];
  for (const [name, value] of own) {
    const source = given.get(name);
    if (!source) continue;
    if (value instanceof Counter || sameShape(value.shape, source.shape)) {
      loading.push({ name, value, from: source.from });
    } else mismatched.push({ name, expected: value.shape, got: source.shape });
  }
  const [other] = mismatched;
  if (strict && other) {
    throw new ShapeError(
      `loadStateDict: ${other.name} expects ${show(other.expected)}, got ${show(other.got)}` +
        `${mismatched.length > 1 ? ` (and ${mismatched.length - 1} more)` : ""}; build the model with the same sizes`,
    );
  }
  return { loading, report: { missing, unexpected, mismatched } };
}

/** A state's names and shapes, by the names they have in the model. */
function renamed(
  state: Iterable<readonly [name: string, shape: Shape]>,
  { prefix = "", rename = {} }: LoadOptions,
): ReadonlyMap<string, { readonly from: string; readonly shape: Shape }> {
  const given = new Map<string, { from: string; shape: Shape }>();
  for (const [from, shape] of state) {
    if (!from.startsWith(prefix)) continue;
    const plain = from.slice(prefix.length);
    const name = newName(plain, rename);
    const before = given.get(name);
    if (before) {
      throw new ValueError(
        `loadStateDict: expected a name of its own for '${from}', got '${name}', as for '${before.from}'; rename one of them`,
      );
    }
    given.set(name, { from, shape });
  }
  return given;
}

function newName(plain: string, rename: NonNullable<LoadOptions["rename"]>): string {
  const name: unknown =
    typeof rename === "function"
      ? callBack(() => rename(plain))
      : Object.hasOwn(rename, plain)
        ? rename[plain]
        : undefined;
  if (name === undefined || typeof name === "string") return name ?? plain;
  throw new ValueError(
    `loadStateDict: expected rename to give a string or undefined for '${plain}', got ${describe(name)}; return a name of the model`,
  );
}
