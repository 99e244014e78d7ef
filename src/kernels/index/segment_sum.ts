import shader from "#shaders/index/segment_sum.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Number of entries per thread. */
export const RUN = 32;

/** Layout of src and y, and the range of keys. */
export interface SegmentSumOptions {
  /** Number of columns, outer · inner: src is [outer, entries, srcInner], y is [outer, rows, yInner]. */
  readonly columns: number;
  /** Elements of src per entry and outer index; divides `columns`. */
  readonly srcInner: number;
  /** Elements of y per row and outer index; divides `columns`. */
  readonly yInner: number;
  /** Keys from this one on are ignored. */
  readonly limit: number;
}

function geometry(inputs: { keys: Shape; src: Shape; y: Shape }, options: SegmentSumOptions) {
  const { keys, src, y } = inputs;
  const { columns, srcInner, yInner, limit } = options;
  const srcLength = size(src) / columns;
  const yLength = size(y) / columns;
  const whole = [srcLength, yLength, columns / srcInner, columns / yInner].every(Number.isInteger);
  if (!whole || keys.length !== 2 || keys[0] !== 1 || limit > yLength) {
    throw new ShapeError(
      `index/segment_sum: expected keys[1, n] below ${limit} and ${columns} columns of src and y, got ${show(keys, "keys")}, ` +
        `${show(src, "src")} and ${show(y, "y")}; sort what index/targets made`,
    );
  }
  return { count: size(keys), srcLength, yLength };
}

/**
 * `y[key] += Σ src[ids[e]]` over the entries e of each key, for keys[1, n] in ascending order: in place, in a fixed order,
 * without atomics. Segments within one run of 32 entries are added completely. For the others it outputs partial sums,
 * open_keys and open_sums, two for every 32 entries, which the same kernel (without ids) sums again until 32 or fewer
 * remain: linear work for any number of equal keys. Throws `ShapeError` if the shapes do not fit.
 */
export const segmentSum = kernel(shader, ({ keys, src, ids, y }, options: SegmentSumOptions) => {
  const { count, srcLength, yLength } = geometry({ keys, src, y }, options);
  const { columns, srcInner, yInner, limit } = options;
  const pieces = Math.ceil(count / RUN);
  return {
    outputs: { open_keys: [1, 2 * pieces], open_sums: [2 * pieces, columns] },
    params: {
      count,
      width: columns,
      src_inner: srcInner,
      src_length: srcLength,
      y_inner: yInner,
      y_length: yLength,
      limit,
    },
    grid: grid1d(Math.ceil((pieces * columns) / 64)),
    slots: { entry: ids ? "ids" : "none" },
    flops: count * columns,
    bytes: 4 * count * (2 + columns),
  };
});

export const kinds = () => ({
  columns: required(number),
  srcInner: required(number),
  yInner: required(number),
  limit: required(number),
});

const NO_KEY = 0xffffffff;

export const reference: Reference<typeof segmentSum> = ({ keys, src, ids, y }, options) => {
  const shapes = { keys: keys.shape, src: src.shape, y: y.shape };
  const { count, srcLength, yLength } = geometry(shapes, options);
  const { columns, srcInner, yInner, limit } = options;
  const pieces = Math.ceil(count / RUN);
  const result = Float64Array.from(y.data);
  const open_keys = new Float64Array(2 * pieces).fill(NO_KEY);
  const open_sums = new Float64Array(2 * pieces * columns);
  const key = (e: number) => keys.data[e];
  for (let start = 0; start < count; ) {
    const piece = Math.floor(start / RUN);
    const stop = Math.min((piece + 1) * RUN, count);
    let end = start;
    while (end < stop && key(end) === key(start)) end++;
    const before = start === piece * RUN && start > 0 && key(start - 1) === key(start);
    const after = end === stop && end < count && key(end) === key(start);
    const all = start === piece * RUN && end === stop;
    const place = before || (all && after) ? 2 * piece : 2 * piece + 1;
    if (before || after) open_keys.fill(key(start) as number, place, all ? place + 2 : place + 1);
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let e = start; e < end; e++) {
        const row = ids ? (ids.data[e] as number) : e;
        sum += src.data[
          (Math.floor(c / srcInner) * srcLength + row) * srcInner + (c % srcInner)
        ] as number;
      }
      const at =
        (Math.floor(c / yInner) * yLength + (key(start) as number)) * yInner + (c % yInner);
      if (before || after) open_sums[place * columns + c] = sum;
      else if ((key(start) as number) < limit) result[at] = (result[at] as number) + sum;
    }
    start = end;
  }
  return { y: result, open_keys, open_sums };
};

/** Ascending keys with `each` entries per key, or numbers of entries from a repeated table. */
function ascending(n: number, ...lengths: number[]) {
  const keys: number[] = [];
  for (let key = 0; keys.length < n; key++) {
    for (let i = 0; i < (lengths[key % lengths.length] as number); i++) keys.push(key);
  }
  return { shape: [1, n], fill: (e: number) => keys[e] as number };
}

/** Small integers, whose sums f32 represents exactly. */
const whole = (...shape: number[]) => ({ shape, fill: (i: number) => ((i * 29) % 17) - 8 });
const scattered = (n: number) => ({ shape: [1, n], fill: (e: number) => (e * 7 + 5) % n });

const test = (
  name: string,
  n: number,
  lengths: number[],
  rows: number,
  { limit = rows }: { limit?: number } = {},
): Case<typeof segmentSum> => ({
  name,
  inputs: { keys: ascending(n, ...lengths), ids: scattered(n), src: whole(n), y: whole(rows) },
  options: { columns: 1, srcInner: 1, yInner: 1, limit },
  tolerance: "exact",
});

export const cases: Case<typeof segmentSum>[] = [
  test("one entry", 1, [1], 1),
  test("every key once", 67, [1], 80),
  test("segments of three", 200, [3], 70),
  test("segments as long as a piece", 96, [32], 3),
  test("segments that end where pieces do, and do not", 131, [31, 1, 32, 33, 2], 9),
  test("one segment over many pieces", 300, [300], 2),
  test("long and short ones", 1000, [100, 1, 1, 40, 64, 7], 40),
  test("keys that are no places", 100, [9], 12, { limit: 5 }),
  test("more pieces than a workgroup has threads", 2100, [5], 420),
  {
    name: "without ids",
    inputs: { keys: ascending(100, 7), src: whole(100), y: whole(15) },
    options: { columns: 1, srcInner: 1, yInner: 1, limit: 15 },
    tolerance: "exact",
  },
  {
    name: "rows of five",
    inputs: {
      keys: ascending(90, 20, 1, 3),
      ids: scattered(90),
      src: whole(90, 5),
      y: whole(13, 5),
    },
    options: { columns: 5, srcInner: 5, yInner: 5, limit: 13 },
    tolerance: "exact",
  },
  {
    name: "a middle axis",
    inputs: {
      keys: ascending(40, 4, 1),
      ids: scattered(40),
      src: whole(3, 40, 2),
      y: whole(3, 17, 2),
    },
    options: { columns: 6, srcInner: 2, yInner: 2, limit: 17 },
    tolerance: "exact",
  },
  {
    name: "parts of a middle axis, side by side",
    inputs: { keys: ascending(70, 6, 1), src: whole(70, 6), y: whole(3, 21, 2) },
    options: { columns: 6, srcInner: 6, yInner: 2, limit: 21 },
    tolerance: "exact",
  },
  {
    name: "safety: NaN stays in its segment",
    inputs: {
      keys: ascending(70, 2),
      src: { shape: [70], fill: (i) => (i === 33 ? Number.NaN : i === 8 ? Infinity : 1) },
      y: whole(35),
    },
    options: { columns: 1, srcInner: 1, yInner: 1, limit: 35 },
    tolerance: "exact",
  },
];

export const benches: Case<typeof segmentSum>[] = [
  {
    name: "1 Mi entries, four to a key",
    inputs: { keys: { shape: [1, 1 << 20], fill: (e) => e >> 2 }, src: [1 << 20], y: [1 << 18] },
    options: { columns: 1, srcInner: 1, yInner: 1, limit: 1 << 18 },
  },
];
