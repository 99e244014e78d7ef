import shader from "#shaders/index/targets.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size, strides } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { picking, sizes } from "../option_kinds.ts";
import { coordinatesOf, offsetOf } from "../shape/walk.ts";
import { type PickOptions, packPick, planPick } from "./walk.ts";

/** Where the elements of src are added. */
export interface TargetOptions extends PickOptions {
  /** Shape of the tensor that is added to. */
  readonly y: Shape;
  /** Shape of the tensor that is added; with "each" it may be larger than index, with "rows" it is not used. */
  readonly src: Shape;
  /** An index to ignore. Default: none. */
  readonly skip?: number | undefined;
}

/** Number of entries to add, and range of their keys. */
interface IndexTargets {
  readonly shape: Shape;
  readonly yStrides: readonly number[];
  readonly indexStrides: readonly number[];
  readonly srcStrides: readonly number[];
  readonly length: number;
  readonly step: number;
  /** One more than the largest key. */
  readonly limit: number;
}

/**
 * With "rows" an entry is a slice of y, and its key the index itself; otherwise it is an element, and its key its position
 * in y.
 */
export function planTargets(index: Shape, { axis, by, y, src }: TargetOptions): IndexTargets {
  const pick = planPick("scatterAdd", y, index, { axis, by });
  const { shape, xStrides, indexStrides, length, step } = pick;
  if (by === "rows") {
    const list = [size(index)];
    const same = { yStrides: [0], indexStrides: [1], srcStrides: [1] };
    return { shape: list, ...same, length, step: 1, limit: length };
  }
  if (src.length !== shape.length || shape.some((n, a) => n > (src[a] as number))) {
    throw new ShapeError(
      `scatterAdd: expected src at least as large as the index, ${show(shape)}, got ${show(src, "src")}; ` +
        "give every index an element",
    );
  }
  return {
    shape,
    yStrides: xStrides,
    indexStrides,
    srcStrides: strides(src),
    length,
    step,
    limit: size(y),
  };
}

/**
 * What a scatter-add sorts: keys[1, n] (u32), the position that each entry is added to, and ids[1, n], its position in src.
 * Entries with an index that is out of range or ignored have the key `limit` of `planTargets`. Throws `ShapeError` if the
 * shapes do not fit.
 */
export const scatterTargets = kernel(shader, ({ index }, options: TargetOptions) => {
  const { shape, yStrides, indexStrides, srcStrides, length, step, limit } = planTargets(
    index,
    options,
  );
  const count = size(shape);
  return {
    outputs: { keys: [1, count], ids: [1, count] },
    params: {
      ...packPick("scatterAdd", shape, yStrides, indexStrides, srcStrides),
      length,
      step,
      limit,
      skip: options.skip ?? 0xffffffff,
    },
    grid: grid1d(Math.ceil(count / 64)),
    flops: 0,
  };
});

export const kinds = () => ({
  y: required(sizes),
  src: required(sizes),
  skip: number,
  axis: required(number),
  by: required(picking),
});

export const reference: Reference<typeof scatterTargets> = ({ index }, options) => {
  const plan = planTargets(index.shape, options);
  const keys = new Float64Array(size(plan.shape));
  const ids = keys.map((_, e) => offsetOf(coordinatesOf(e, plan.shape), plan.srcStrides));
  for (let e = 0; e < keys.length; e++) {
    const at = coordinatesOf(e, plan.shape);
    const picked = index.data[offsetOf(at, plan.indexStrides)] as number;
    const real = picked < plan.length && picked !== options.skip;
    keys[e] = real ? offsetOf(at, plan.yStrides) + picked * plan.step : plan.limit;
  }
  return { keys, ids };
};

const picks = (length: number, ...shape: number[]) => ({
  shape,
  fill: (i: number) => (i * 7 + 3) % length,
});
const tolerance = "exact";

export const cases: Case<typeof scatterTargets>[] = [
  {
    name: "one",
    inputs: { index: picks(1, 1) },
    options: { axis: 0, by: "each", y: [1], src: [1] },
    tolerance,
  },
  {
    name: "each, the last axis",
    inputs: { index: picks(13, 5, 13) },
    options: { axis: -1, by: "each", y: [5, 13], src: [5, 13] },
    tolerance,
  },
  {
    name: "each, a middle axis, src and y larger than index",
    inputs: { index: picks(9, 3, 20, 4) },
    options: { axis: 1, by: "each", y: [5, 9, 7], src: [4, 21, 6] },
    tolerance,
  },
  {
    name: "along, index and y broadcast",
    inputs: { index: picks(9, 11, 6, 1) },
    options: { axis: 1, by: "along", y: [1, 9, 3], src: [11, 6, 3] },
    tolerance,
  },
  {
    name: "rows, out of range and left out",
    inputs: { index: { shape: [3, 50], fill: (i) => (i === 7 ? 0xffffffff : i % 10) } },
    options: { axis: 0, by: "rows", y: [9, 4], src: [3, 50, 4], skip: 2 },
    tolerance,
  },
  {
    name: "each, out of range and left out",
    inputs: { index: { shape: [40], fill: (i) => i % 8 } },
    options: { axis: 0, by: "each", y: [7], src: [40], skip: 0 },
    tolerance,
  },
  { name: "none", inputs: { index: [0] }, options: { axis: 0, by: "each", y: [7], src: [0] } },
];
