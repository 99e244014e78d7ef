import type shader from "#shaders/elementwise/binary.wgsl";
import { broadcastShapes, type Shape, size } from "../../core/shape.ts";
import { broadcastStrides, collapse, packAxes } from "../shape/walk.ts";
import { inFours } from "./chain_walk.ts";

/** Names of the files in shaders/elementwise/binary_op. */
export type BinaryOp = NonNullable<typeof shader.signature>["slots"]["op"];

type Scalar = (a: number, b: number) => number;

/** Converts to a boolean: everything but 0 is true, also NaN. */
const truth = (value: number) => value !== 0;
const flag = (value: boolean) => (value ? 1 : 0);
/** The derivatives of comparisons are 0. */
const flat = { da: () => 0, db: () => 0 };

/** ⌊a / b⌋; −1 for a quotient infinitesimally below 0, from an infinite b. */
function floorDiv(a: number, b: number): number {
  const below = Number.isFinite(a) && Math.abs(b) === Infinity && a !== 0 && a < 0 !== b < 0;
  return below ? -1 : Math.floor(a / b);
}

const evenly = (wins: boolean, tie: boolean) => (tie ? 0.5 : wins ? 1 : 0);

/** All of shaders/elementwise/binary_op in float64: value and both derivatives. The type requires an entry for each file. */
export const binaryOps: Readonly<Record<BinaryOp, { value: Scalar; da: Scalar; db: Scalar }>> = {
  add: { value: (a, b) => a + b, da: () => 1, db: () => 1 },
  sub: { value: (a, b) => a - b, da: () => 1, db: () => -1 },
  mul: { value: (a, b) => a * b, da: (_, b) => b, db: (a) => a },
  div: { value: (a, b) => a / b, da: (_, b) => 1 / b, db: (a, b) => -(a / b) / b },
  trunc_div: { value: (a, b) => Math.trunc(a / b), ...flat },
  floor_div: { value: floorDiv, ...flat },
  pow: {
    value: (a, b) => a ** b,
    da: (a, b) => (b === 0 ? 0 : b * a ** (b - 1)),
    db: (a, b) => (a === 0 && b >= 0 ? 0 : a ** b * Math.log(a)),
  },
  integer_pow: {
    value: (a, b) => (b >= 0 || Math.abs(a) === 1 ? a ** b : 0),
    ...flat,
  },
  equal: { value: (a, b) => flag(a === b), ...flat },
  not_equal: { value: (a, b) => flag(a !== b), ...flat },
  less: { value: (a, b) => flag(a < b), ...flat },
  less_equal: { value: (a, b) => flag(a <= b), ...flat },
  greater: { value: (a, b) => flag(a > b), ...flat },
  greater_equal: { value: (a, b) => flag(a >= b), ...flat },
  logical_and: { value: (a, b) => flag(truth(a) && truth(b)), ...flat },
  logical_or: { value: (a, b) => flag(truth(a) || truth(b)), ...flat },
  logical_xor: { value: (a, b) => flag(truth(a) !== truth(b)), ...flat },
  maximum: {
    value: (a, b) => Math.max(a, b),
    da: (a, b) => evenly(!(a < b), a === b),
    db: (a, b) => evenly(!(b < a), a === b),
  },
  minimum: {
    value: (a, b) => Math.min(a, b),
    da: (a, b) => evenly(!(a > b), a === b),
    db: (a, b) => evenly(!(b > a), a === b),
  },
};

const KEEPING: readonly BinaryOp[] = [
  "add",
  "sub",
  "mul",
  "maximum",
  "minimum",
  "pow",
  "integer_pow",
  "trunc_div",
  "floor_div",
];

/** Whether the result has the operands' dtype; comparisons and quotients of integers give f32. */
export const keepsType = (op: BinaryOp): boolean => KEEPING.includes(op);

/** Operations that take floats. */
export const floatOps = (Object.keys(binaryOps) as BinaryOp[]).filter((op) => op !== "integer_pow");

/** Names of the files in shaders/elementwise/pair. */
type PairSlot = NonNullable<typeof shader.signature>["slots"]["pair"];

function pairOf(fours: ReturnType<typeof inFours>): PairSlot {
  if (!fours) return "one";
  const [ofA, ofB] = fours.splats;
  if (ofA) return "number_a";
  return ofB ? "number_b" : "four";
}

/**
 * The shape of a ∘ b and the parameters for indexing a and b, in packs of four elements if `packed` is set and the shapes
 * allow it. Throws `ShapeError` if a and b do not broadcast.
 */
export function planBroadcast(who: string, a: Shape, b: Shape, packed = false) {
  const shape = broadcastShapes(who, a, b);
  const single = collapse(shape, broadcastStrides(a, shape), broadcastStrides(b, shape));
  const fours = packed && size(shape) > 0 ? inFours(single) : undefined;
  const axes = fours?.axes ?? single;
  return { shape, rank: axes.length, axes: packAxes(who, shape, axes), pair: pairOf(fours) };
}
