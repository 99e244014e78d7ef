import { ValueError } from "../core/errors.ts";
import { describe } from "../core/signature.ts";

/** State while a saved model is read: the reading function for messages, and the lengths of dimensions. */
export interface SavedReading {
  readonly who: string;
  readonly sizes: Map<string, number>;
}

/** The check of one field of a saved model. */
export interface SavedField {
  /** Throws `ValueError` with the path of an invalid value. */
  check(value: unknown, path: string, reading: SavedReading): void;
  readonly optional?: boolean;
}

/** A check for every field of a saved model, except those that all models have. */
export type Fields<S> = {
  readonly [Name in keyof Omit<S, "estimator" | "version" | "crc32">]-?: SavedField;
};

/** A length: a number, or the name of a dimension, which has the same length in all fields. */
type Dim = string | number;

export function refuse(
  { who }: SavedReading,
  path: string,
  expected: string,
  value: unknown,
): never {
  throw new ValueError(
    `${who}: expected ${path} to be ${expected}, got ${describe(value)}; the file is not whole`,
  );
}

const single = (expected: string, accepts: (value: unknown) => boolean): SavedField => ({
  check(value, path, reading) {
    if (!accepts(value)) refuse(reading, path, expected, value);
  },
});

const natural = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

export const finiteNumber = /* @__PURE__ */ single("a finite number", Number.isFinite);
export const wholeNumber = /* @__PURE__ */ single("an integer ≥ 0", natural);
export const notNegative = /* @__PURE__ */ single(
  "a finite number ≥ 0",
  (value) => Number.isFinite(value) && (value as number) >= 0,
);
export const positive = /* @__PURE__ */ single(
  "a finite number > 0",
  (value) => Number.isFinite(value) && (value as number) > 0,
);
export const flag = /* @__PURE__ */ single("true or false", (value) => typeof value === "boolean");
export const text = /* @__PURE__ */ single("a string", (value) => typeof value === "string");
export const oneOf = (...names: readonly string[]): SavedField =>
  single(names.map((name) => `"${name}"`).join(" or "), (value) => names.includes(value as string));
/** A label of a class: a string, true or false, or a finite number. */
const label = /* @__PURE__ */ single(
  "a label",
  (value) => ["string", "boolean"].includes(typeof value) || Number.isFinite(value),
);
/** A cell of a table, as `saveCell` writes it. */
export const cell = /* @__PURE__ */ single(
  "a cell",
  (value) =>
    value === null ||
    ["string", "boolean"].includes(typeof value) ||
    Number.isFinite(value) ||
    (typeof value === "object" &&
      ["undefined", "NaN", "Infinity", "-Infinity", "-0"].includes(
        (value as { special?: unknown }).special as string,
      )),
);

/** The length of a dimension, at least 1. */
export const size = (dim: string): SavedField => ({
  check(value, path, reading) {
    if (!natural(value) || value === 0) refuse(reading, path, "an integer ≥ 1", value);
    agree(value as number, [dim], path, reading);
  },
});

/** Checks that the length of a list is the product of its dimensions; an unknown dimension gets the remaining factor. */
function agree(length: number, dims: readonly Dim[], path: string, reading: SavedReading): void {
  let known = 1;
  let open: string | undefined;
  for (const dim of dims) {
    const value = typeof dim === "number" ? dim : reading.sizes.get(dim);
    if (value === undefined) open = dim as string;
    else known *= value;
  }
  if (open !== undefined && known > 0 && length % known === 0) {
    reading.sizes.set(open, length / known);
    return;
  }
  if (open === undefined && length === known) return;
  const names = dims.map((dim) => (typeof dim === "number" ? dim : `${dim}`)).join(" · ");
  const expected = open === undefined ? `${known} (${names})` : `a multiple of ${known} (${names})`;
  throw new ValueError(
    `${reading.who}: expected the length of ${path} to be ${expected}, got ${length}; the file is not whole`,
  );
}

function entriesOf(value: unknown, path: string, reading: SavedReading): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(reading, path, "an array", value);
}

/** An array of fields: as long as the product of the dimensions, or of any length without them. */
export const listOf = (field: SavedField, ...dims: readonly Dim[]): SavedField => ({
  check(value, path, reading) {
    const entries = entriesOf(value, path, reading);
    if (dims.length) agree(entries.length, dims, path, reading);
    for (let i = 0; i < entries.length; i++) field.check(entries[i], `${path}[${i}]`, reading);
  },
});

export const floats = (...dims: readonly Dim[]): SavedField => listOf(finiteNumber, ...dims);
export const integers = (...dims: readonly Dim[]): SavedField => listOf(wholeNumber, ...dims);

/** Distinct labels of one kind. */
export const classesOf = (dim: string): SavedField => ({
  check(value, path, reading) {
    labelsOf(dim).check(value, path, reading);
    const labels = value as readonly unknown[];
    if (labels.length === 0 || new Set(labels).size < labels.length) {
      refuse(reading, path, "different labels, one at least", value);
    }
  },
});

/** Labels of one kind, one for each index of a dimension. */
export const labelsOf = (dim: string): SavedField => ({
  check(value, path, reading) {
    listOf(label, dim).check(value, path, reading);
    const labels = value as readonly unknown[];
    const other = labels.findIndex((each) => typeof each !== typeof labels[0]);
    if (other >= 0) refuse(reading, `${path}[${other}]`, `a ${typeof labels[0]}`, labels[other]);
  },
});

/** Numbers as `pack` writes them: base64 of 8 bytes each. */
export const packed = (...dims: readonly Dim[]): SavedField => ({
  check(value, path, reading) {
    if (typeof value !== "string" || value.length % 4) refuse(reading, path, "base64", value);
    const padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
    agree((value.length / 4) * 3 - padding, [8, ...dims], path, reading);
  },
});

/** An object with the given fields. */
export const recordOf = (fields: Readonly<Record<string, SavedField>>): SavedField => ({
  check(value, path, reading) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      refuse(reading, path, "an object", value);
    }
    for (const [name, field] of Object.entries(fields)) {
      const part = Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
      if (part === undefined && field.optional) continue;
      field.check(part, path ? `${path}.${name}` : name, reading);
    }
  },
});

export const optional = (field: SavedField): SavedField => ({ ...field, optional: true });

/** A string that passes the first check, or another value that passes the second. */
export const either = (text: SavedField, other: SavedField): SavedField => ({
  check: (value, path, reading) =>
    (typeof value === "string" ? text : other).check(value, path, reading),
});

export const orNull = (field: SavedField): SavedField => ({
  check(value, path, reading) {
    if (value !== null) field.check(value, path, reading);
  },
});

/** A field with another check of its values, `accepts`, which may use the dimensions. */
export const where = (
  field: SavedField,
  expected: string,
  accepts: (value: never, sizes: ReadonlyMap<string, number>) => boolean,
): SavedField => ({
  check(value, path, reading) {
    field.check(value, path, reading);
    if (!accepts(value as never, reading.sizes)) refuse(reading, path, expected, value);
  },
});
