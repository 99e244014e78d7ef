import { size } from "../../../core/shape.ts";
import { less, notEqual, where } from "../../../ops/elementwise/compare.ts";
import { add } from "../../../ops/elementwise/elementwise.ts";
import { cast } from "../../../ops/elementwise/precision.ts";
import { oneHot } from "../../../ops/index/embedding.ts";
import { tril, triu } from "../../../ops/index/masks.ts";
import { dropout } from "../../../ops/random/random.ts";
import { full } from "../../../ops/shape/create.ts";
import { permute } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { dtypeOf, type ElementType, elementType, type HostValue, hostValue } from "../elements.ts";
import { row, scalar } from "../host.ts";
import type { OnnxNode } from "../messages.ts";
import {
  axisFrom,
  floatOf,
  type HostCall,
  intOf,
  type NodeCall,
  type Operator,
  refusals,
} from "../operator.ts";

/** The value of a Constant node, or a text that says why it cannot be read. */
export function constantOf(node: OnnxNode): HostValue | string {
  const { attributes } = node;
  const value = attributes.get("value")?.tensor;
  if (value !== undefined) return value;
  const [float, int] = [attributes.get("value_float"), attributes.get("value_int")];
  if (float) return scalar("float", float.float);
  if (int) return scalar("int64", int.int);
  const [floats, ints] = [attributes.get("value_floats"), attributes.get("value_ints")];
  if (floats) return hostValue("float", [floats.floats.length], floats.floats);
  return ints ? row(ints.ints) : "it holds neither numbers nor a tensor of them";
}

const constant: Operator = {
  refuse: (node) => {
    const value = constantOf(node);
    return typeof value === "string" ? value : undefined;
  },
  fold: ({ node }) => constantOf(node) as HostValue,
};

/** A tensor of one value, by default 0 as a float. */
const constantOfShape: Operator = {
  host: [0],
  refuse: (node) => {
    const value = node.attributes.get("value")?.tensor;
    return typeof value === "string" ? value : undefined;
  },
  fold: (call) => {
    const given = call.node.attributes.get("value")?.tensor as HostValue | undefined;
    const shape = [...call.value(0).data];
    const data = new Float64Array(size(shape)).fill(given?.data[0] ?? 0);
    return { type: given?.type ?? "float", shape, data };
  },
};

const range: Operator = {
  host: [0, 1, 2],
  fold: (call) => {
    const [start = 0, limit = 0, delta = 1] = [0, 1, 2].map((i) => call.value(i).data[0]);
    const length = Math.max(Math.ceil((limit - start) / delta), 0);
    return hostValue(
      call.type(0),
      [length],
      Array.from({ length }, (_, i) => start + i * delta),
    );
  },
};

const toType = ({ node }: { readonly node: OnnxNode }): ElementType =>
  elementType(node.attributes.get("to")?.int ?? 0) ?? "float";

/** x in another dtype, as represented on the GPU. Integers of fewer than 32 bits do not wrap there. */
function converted(x: Tensor, from: ElementType, to: ElementType): Tensor {
  if (to === "bool") return from === "bool" ? x : notEqual(x, 0);
  if (x.dtype === "f16" && dtypeOf(to) === "f32") return x;
  return cast(x, dtypeOf(to));
}

const casting = (to: (call: NodeCall | HostCall) => ElementType): Operator => ({
  run: (call) => {
    const tensor = converted(call.tensor(0), call.type(0), to(call));
    return { tensor, type: to(call), shape: tensor.shape };
  },
  fold: (call) => hostValue(to(call), call.shape(0), call.value(0).data),
});

const readable = (node: OnnxNode): string | undefined => {
  const to = node.attributes.get("to")?.int ?? 0;
  return elementType(to) ? undefined : `it casts to the element type of number ${to}`;
};

/** In evaluation returns its input; in training zeroes elements, with the ratio of the file. */
const drop: Operator = {
  host: [1, 2],
  run: (call) => {
    const x = call.tensor(0);
    const ratio = call.has(1) ? (call.numbers(1)[0] ?? 0.5) : floatOf(call, "ratio", 0.5);
    const active = call.training || (call.has(2) && call.numbers(2)[0] === 1);
    const y = active && ratio > 0 ? dropout(x, ratio) : x;
    if (call.node.outputs.length < 2) return y;
    return [y, { tensor: full(x.shape, 1), type: "bool", shape: x.shape }];
  },
};

/** Refuses a used mask output, unless dropout keeps everything. */
const maskless: NonNullable<Operator["refuse"]> = (node, facts) =>
  node.outputs.length > 1 && facts.opset >= 12 && node.inputs[2]
    ? "it gives the mask of training as well"
    : undefined;

const triangle: Operator = {
  host: [1],
  run: (call) => {
    const k = call.has(1) ? (call.numbers(1)[0] ?? 0) : 0;
    const x = call.tensor(0);
    const cut = intOf(call, "upper", 1) === 1 ? triu : tril;
    if (x.dtype === "f32" || x.size === 0) return x.size === 0 ? x : cut(x, k);
    return where(cut(full(x.shape, 1), k), x, 0);
  },
};

/** The second of two values at the index and the first elsewhere, along a new axis. */
const hot: Operator = {
  host: [1, 2],
  run: (call) => {
    const classes = call.numbers(1)[0] ?? 1;
    const [off = 0, on = 1] = call.numbers(2);
    const rank = call.shape(0).length;
    const axis = axisFrom(intOf(call, "axis", -1), rank + 1);
    const given = call.tensor(0);
    const labels = cast(given, "i32");
    const known = where(less(labels, 0), add(labels, classes), labels); // negative ones count from the end
    const index = cast(where(notEqual(given, labels), -1, known), "i32"); // a fraction is not a label
    const last = oneHot(index, classes);
    const order = Array.from({ length: rank }, (_, k) => k).toSpliced(axis, 0, rank);
    const tensor = where(permute(last, order), on, off);
    return { tensor, type: call.type(2), shape: tensor.shape };
  },
};

/** 1 on one diagonal. */
const identity: Operator = {
  shapes: (call) => {
    const [rows = 0, columns = 0] = call.shape(0);
    const k = intOf(call, "k", 0);
    const type = call.node.attributes.has("dtype")
      ? (elementType(intOf(call, "dtype", 1)) ?? "float")
      : call.type(0);
    const data = Array.from({ length: rows * columns }, (_, i) =>
      (i % columns) - Math.floor(i / columns) === k ? 1 : 0,
    );
    return hostValue(type, [rows, columns], data);
  },
};

/** Coordinates of the elements that are not 0, for numbers on the host. */
const nonZero: Operator = {
  host: [0],
  fold: (call) => {
    const { shape, data } = call.value(0);
    const places = [...data.keys()].filter((i) => data[i] !== 0);
    const inner = (axis: number) => size(shape.slice(axis + 1));
    const rows = shape.flatMap((n, axis) => places.map((i) => Math.floor(i / inner(axis)) % n));
    return { type: "int64", shape: [shape.length, places.length], data: Float64Array.from(rows) };
  },
};

/** Creation of tensors, conversion and dropout, by ONNX's names. */
export const creation: Readonly<Record<string, Operator>> = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Range: range,
  Cast: { ...casting(toType), refuse: readable },
  CastLike: casting((call) => call.type(1)),
  Dropout: { ...drop, refuse: refusals(maskless) },
  Trilu: triangle,
  OneHot: hot,
  EyeLike: identity,
  NonZero: nonZero,
};
