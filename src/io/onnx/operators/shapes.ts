import { broadcastShapes, type Shape, size } from "../../../core/shape.ts";
import { repeat } from "../../../ops/shape/parts.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { expand, permute } from "../../../ops/shape/shape.ts";
import { picked, reshaped, row, spread } from "../host.ts";
import {
  axesFrom,
  type HostCall,
  intOf,
  intsOf,
  listOf,
  type NodeCall,
  type Operator,
  only,
  textOf,
  unable,
} from "../operator.ts";

/** An operator that only changes the shape of its input. */
function shaped(shape: (call: NodeCall | HostCall) => Shape, host?: readonly number[]): Operator {
  return {
    ...(host && { host }),
    run: (call) => reshape(call.tensor(0), shape(call)),
    fold: (call) => reshaped(call.value(0), shape(call)),
  };
}

/** 0 keeps a size (unless `allowzero`), −1 is computed from the others. */
function newShape(call: NodeCall | HostCall): Shape {
  const before = call.shape(0);
  const keeps = intOf(call, "allowzero", 0) === 0;
  const asked = (listOf(call, "shape", 1) ?? []).map((n, axis) =>
    n === 0 && keeps ? (before[axis] ?? 0) : n,
  );
  const known = asked.reduce((product, n) => (n === -1 ? product : product * n), 1);
  const shape = asked.map((n) => (n === -1 ? (known ? size(before) / known : 0) : n));
  if (size(shape) !== size(before) || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    unable(
      `expected a shape of ${size(before)} elements, got [${asked.join(", ")}] for [${before.join(", ")}]; ` +
        "pass inputs of the shapes that the model was made for",
    );
  }
  return shape;
}

function flat(call: NodeCall | HostCall): Shape {
  const shape = call.shape(0);
  const axis = intOf(call, "axis", 1);
  const cut = axis < 0 ? axis + shape.length : axis;
  return [size(shape.slice(0, cut)), size(shape.slice(cut))];
}

function squeezed(call: NodeCall | HostCall): Shape {
  const shape = call.shape(0);
  const given = listOf(call, "axes", 1);
  const axes = given && axesFrom(given, shape.length);
  if (axes?.some((axis) => shape[axis] !== 1)) {
    unable(
      `expected axes of size 1, got [${axes.join(", ")}] of [${shape.join(", ")}]; ` +
        "pass inputs of the shapes that the model was made for",
    );
  }
  return shape.filter((n, axis) => (axes ? !axes.includes(axis) : n !== 1));
}

function unsqueezed(call: NodeCall | HostCall): Shape {
  const given = listOf(call, "axes", 1) ?? [];
  const shape = call.shape(0);
  const axes = axesFrom(given, shape.length + given.length).sort((a, b) => a - b);
  return axes.reduce<Shape>((wide, axis) => wide.toSpliced(axis, 0, 1), shape);
}

const transposition = (call: NodeCall | HostCall): readonly number[] =>
  intsOf(call, "perm") ?? call.shape(0).map((_, axis, { length }) => length - 1 - axis);

const transpose: Operator = {
  run: (call) => permute(call.tensor(0), transposition(call)),
  fold: (call) => {
    const order = transposition(call);
    const x = call.value(0);
    const shape = order.map((axis) => x.shape[axis] as number);
    return picked(x, shape, (at) => x.shape.map((_, axis) => at[order.indexOf(axis)] as number));
  },
};

const wider: Operator = {
  host: [1],
  run: (call) => expand(call.tensor(0), broadcastShapes("expand", call.shape(0), call.numbers(1))),
  fold: (call) =>
    spread(call.value(0), broadcastShapes("expand", call.shape(0), [...call.value(1).data])),
};

const tile: Operator = {
  host: [1],
  run: (call) => repeat(call.tensor(0), call.numbers(1)),
  fold: (call) => {
    const x = call.value(0);
    const times = call.value(1).data;
    const shape = x.shape.map((n, axis) => n * (times[axis] as number));
    return picked(x, shape, (at) => at.map((i, axis) => i % (x.shape[axis] as number)));
  },
};

/** Sizes of axes `start` to `end`, both clipped. */
function sizesOf(call: NodeCall | HostCall) {
  const shape = call.shape(0);
  const clip = (axis: number) =>
    Math.min(Math.max(axis < 0 ? axis + shape.length : axis, 0), shape.length);
  return row(shape.slice(clip(intOf(call, "start", 0)), clip(intOf(call, "end", shape.length))));
}

const count = (call: NodeCall | HostCall) => reshaped(row([size(call.shape(0))]), []);

/** Rearranges blocks of channels to pixels: in depth-column-row order or in column-row-depth order. */
const depthToSpace: Operator = {
  refuse: only("mode", "DCR", "CRD"),
  run: (call) => {
    const b = intOf(call, "blocksize", 1);
    const x = call.tensor(0);
    const [n = 0, c = 0, h = 0, w = 0] = x.shape;
    const depth = c / b ** 2;
    const dcr = textOf(call, "mode", "DCR") === "DCR";
    const apart = reshape(x, dcr ? [n, b, b, depth, h, w] : [n, depth, b, b, h, w]);
    const turned = permute(apart, dcr ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]);
    return reshape(turned, [n, depth, h * b, w * b]);
  },
};

const spaceToDepth: Operator = {
  run: (call) => {
    const b = intOf(call, "blocksize", 1);
    const x = call.tensor(0);
    const [n = 0, c = 0, h = 0, w = 0] = x.shape;
    const apart = reshape(x, [n, c, h / b, b, w / b, b]);
    return reshape(permute(apart, [0, 3, 5, 1, 2, 4]), [n, c * b * b, h / b, w / b]);
  },
};

/** Shapes and axis orders, by ONNX's names. */
export const shapes: Readonly<Record<string, Operator>> = {
  Reshape: shaped(newShape, [1]),
  Flatten: shaped(flat),
  Squeeze: shaped(squeezed, [1]),
  Unsqueeze: shaped(unsqueezed, [1]),
  Identity: { run: (call) => call.tensor(0), fold: (call) => call.value(0) },
  Transpose: transpose,
  Expand: wider,
  Tile: tile,
  Shape: { shapes: sizesOf },
  Size: { shapes: count },
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
};
