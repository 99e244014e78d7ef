import { unpackHalf } from "../../core/half.ts";
import { type Shape, size } from "../../core/shape.ts";
import { countsOf, damaged, listOf, objectOf, textOf } from "./config.ts";

/** A weight as stored in the file. */
export interface StoredWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Files with weights, in order. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
}

type Stored = "float32" | "int32" | "bool" | "uint8" | "uint16" | "float16";

interface WeightEntry {
  readonly name: string;
  readonly shape: Shape;
  readonly stored: Stored;
  /** For weights stored as integers q: the weight is q · scale + min. */
  readonly scale: number;
  readonly min: number;
}

const bytesOf: Readonly<Record<Stored, number>> = {
  ...{ float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 },
};

const isStored = (type: string): type is Stored => Object.hasOwn(bytesOf, type);

/** Reads the manifest: which files contain which weights. */
export function readManifest(value: unknown): WeightGroup[] {
  return listOf(value, "weightsManifest").map((each) => {
    const { paths, weights } = objectOf(each, "an entry of weightsManifest");
    return {
      paths: listOf(paths, "paths").map((path) => textOf(path, "a path")),
      weights: listOf(weights, "weights").map(readEntry),
    };
  });
}

function readEntry(value: unknown): WeightEntry {
  const entry = objectOf(value, "a weight");
  const name = textOf(entry.name, "a weight's name");
  const shape = countsOf(entry.shape, `the shape of '${name}'`);
  if (!Number.isSafeInteger(size(shape))) damaged(`the shape of '${name}' is too large`);
  const own = textOf(entry.dtype, `the dtype of '${name}'`);
  if (entry.quantization === undefined) {
    if (!isStored(own)) return damaged(`'${name}' is of the dtype '${own}'`);
    return { name, shape, stored: own, scale: 1, min: 0 };
  }
  const given = objectOf(entry.quantization, `the quantization of '${name}'`);
  const stored = textOf(given.dtype, `the quantized dtype of '${name}'`);
  if (stored === "float16") return { name, shape, stored, scale: 1, min: 0 };
  const [scale, min] = [given.scale, given.min];
  if (stored !== "uint8" && stored !== "uint16") {
    return damaged(`'${name}' is quantized to '${stored}'`);
  }
  if (typeof scale !== "number" || typeof min !== "number") {
    return damaged(`'${name}' is quantized without scale and min`);
  }
  return { name, shape, stored, scale, min };
}

/** The weights of a group, stored consecutively in its files. */
export function readWeights({ weights }: WeightGroup, bytes: Uint8Array): StoredWeight[] {
  const lengths = weights.map(({ shape, stored }) => size(shape) * bytesOf[stored]);
  const total = lengths.reduce((a, b) => a + b, 0);
  if (total !== bytes.length) {
    damaged(`the weights take ${total} bytes, and their files have ${bytes.length}`);
  }
  let at = 0;
  return weights.map((entry, i) => {
    at += lengths[i] as number;
    return decode(entry, bytes.slice(at - (lengths[i] as number), at).buffer);
  });
}

function decode(
  { name, shape, stored, scale, min }: WeightEntry,
  buffer: ArrayBuffer,
): StoredWeight {
  if (stored === "float32") return { name, shape, data: new Float32Array(buffer) };
  if (stored === "float16") return { name, shape, data: halves(buffer) };
  const whole = { int32: Int32Array, bool: Uint8Array, uint8: Uint8Array, uint16: Uint16Array };
  const data = Float32Array.from(new whole[stored](buffer), (q) => q * scale + min);
  return { name, shape, data };
}

/** 16-bit floats, unpacked two at a time. */
function halves(buffer: ArrayBuffer): Float32Array<ArrayBuffer> {
  const count = buffer.byteLength / 2;
  const even = new Uint8Array(4 * Math.ceil(count / 2));
  even.set(new Uint8Array(buffer));
  return unpackHalf(even.buffer).slice(0, count);
}

/** Elements with permuted axes. */
export function turned(
  { name, shape, data }: StoredWeight,
  order: readonly number[],
): StoredWeight {
  const steps = shape.map((_, axis) => size(shape.slice(axis + 1)));
  const to = order.map((axis) => shape[axis] as number);
  const strides = order.map((axis) => steps[axis] as number);
  const result = new Float32Array(data.length);
  const at = to.map(() => 0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = data[from] as number;
    for (let axis = to.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      at[axis] = (at[axis] as number) + 1;
      if ((at[axis] as number) < (to[axis] as number)) break;
      from -= (strides[axis] as number) * (to[axis] as number);
      at[axis] = 0;
    }
  }
  return { name, shape: to, data: result };
}
