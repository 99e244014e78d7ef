import { callAs } from "../core/caller.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { dtype as dtypeKind, type Kind, list, record } from "../core/kinds.ts";
import { isA, isPlain } from "../core/realm.ts";
import type { DType } from "../core/shape.ts";
import { checked, describe, options } from "../core/signature.ts";
import { stack } from "../ops/shape/parts.ts";
import { tensor } from "../tensor/create.ts";
import { isTensor } from "../tensor/kinds.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Values that become a tensor with a leading axis for the samples. */
type Numeric =
  | number
  | boolean
  | Tensor
  | ArrayBufferView
  | readonly number[]
  | readonly number[][];

/** A batch of samples: tensors for numeric values, arrays for others, by the names in the samples. */
export type Collated<Sample> = [Sample] extends [Numeric]
  ? Tensor
  : [Sample] extends [string | Blob | Date | null | undefined]
    ? Sample[]
    : [Sample] extends [object]
      ? { -readonly [Name in keyof Sample]: Collated<Sample[Name]> }
      : Sample[];

/** Options of collating samples into a batch. */
export interface CollatingOptions {
  /**
   * dtypes by name, for example `{ y: "u32" }` for labels. Default f32 for numbers, and that of `tensor()` for typed
   * arrays.
   */
  readonly dtypes?: Readonly<Record<string, DType>>;
}

const dtypesKind: Kind = {
  expected: 'element types by name, such as { y: "u32" }',
  accepts: (value) =>
    record.accepts(value) &&
    Object.values(value as object).every((each) => dtypeKind.accepts(each)),
};

export const collatingKinds = { dtypes: dtypesKind };

/**
 * Collates samples into one batch, as torch's default_collate: numbers, arrays of numbers and typed arrays become tensors
 * [b, …], tensors are stacked; records and tuples are collated member by member; strings and other values become an array.
 * The caller still owns the tensors of the samples. Throws `ShapeError` for samples of different sizes, `ValueError` for no
 * samples and for samples of different structure.
 */
export const defaultCollate = /* @__PURE__ */ checked(
  "defaultCollate",
  {
    samples: {
      .../* @__PURE__ */ list({ expected: "a sample", accepts: () => true }),
      expected: "an array of samples",
    },
    options: options<CollatingOptions>(collatingKinds),
  },
  <Sample>(samples: readonly Sample[], { dtypes = {} }: CollatingOptions = {}): Collated<Sample> =>
    collate(samples, dtypes, "") as Collated<Sample>,
);

type Dtypes = Readonly<Record<string, DType>>;

function collate(samples: readonly unknown[], dtypes: Dtypes, name: string): unknown {
  const [first] = samples;
  if (samples.length === 0) {
    throw new ValueError("defaultCollate: expected one sample at least, got none; skip the batch");
  }
  if (isTensor(first)) return stack(all(samples, isTensor, name));
  if (isNumeric(first)) {
    const rows = all(samples, isNumeric, name).map(numbersOf);
    return stacked(rows, dtypes[name]);
  }
  if (Array.isArray(first)) {
    return first.map((_, i) => collate(column(samples, i, name), dtypes, inner(name, i)));
  }
  if (!isPlain(first)) return [...samples];
  const names = Object.keys(first);
  return Object.fromEntries(
    names.map((each) => [each, collate(column(samples, each, name), dtypes, each)]),
  );
}

const inner = (name: string, i: number): string => (name ? `${name}.${i}` : String(i));

/** Stacks numbers, rows of numbers, or typed arrays. */
function stacked(
  rows: readonly (number | readonly unknown[] | ArrayLike<number>)[],
  dtype?: DType,
): Tensor {
  return callAs("defaultCollate", () => {
    const [first] = rows;
    const like = ArrayBuffer.isView(first) ? tensorDtype(first) : undefined;
    const known = dtype ?? like;
    return tensor(rows as number[][], known ? { dtype: known } : {});
  });
}

/** The dtype that `tensor()` gives a typed array. */
function tensorDtype(array: ArrayBufferView): DType {
  const name = Object.prototype.toString.call(array).slice(8, -1);
  if (name.startsWith("Float")) return "f32";
  return /^(Big)?Uint/.test(name) ? "u32" : "i32";
}

const isNumeric = (value: unknown): value is number | boolean | readonly unknown[] =>
  typeof value === "number" ||
  typeof value === "boolean" ||
  (ArrayBuffer.isView(value) && !isA(value, "DataView")) ||
  (Array.isArray(value) && value.length > 0 && value.every(isNumbers));

const isNumbers = (value: unknown): boolean =>
  typeof value === "number" || (Array.isArray(value) && value.length > 0 && value.every(isNumbers));

const numbersOf = (value: number | boolean | readonly unknown[]) =>
  typeof value === "boolean" ? Number(value) : value;

function all<T>(
  samples: readonly unknown[],
  is: (value: unknown) => value is T,
  name: string,
): readonly T[] {
  const odd = samples.findIndex((sample) => !is(sample));
  if (odd < 0) return samples as readonly T[];
  throw new ValueError(
    `defaultCollate: expected samples of one structure, got ${describe(samples[0])} and ` +
      `${describe(samples[odd])}${name && ` as ${name}`}; give all samples the same structure, or pass collate`,
  );
}

/** The values of all samples under a name. */
function column(samples: readonly unknown[], key: string | number, name: string): unknown[] {
  const { length } = samples[0] as { length?: number };
  return samples.map((sample) => {
    const fits = Array.isArray(sample)
      ? sample.length === length
      : isPlain(sample) && key in sample;
    if (fits) return Reflect.get(sample as object, key);
    throw new ShapeError(
      `defaultCollate: expected every sample${name && ` of ${name}`} with ${key}, got ${describe(sample)}; ` +
        "give all samples the same structure, or pass collate",
    );
  });
}
