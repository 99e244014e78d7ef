import { noGrad } from "../../autograd/mode.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import {
  boolean,
  count as countKind,
  integer,
  oneOf,
  shape as shapeKind,
} from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { randomIntegers as integers } from "../../kernels/random/integers.ts";
import { randomPick as pick } from "../../kernels/random/pick.ts";
import { uniform } from "../../kernels/random/uniform.ts";
import { empty, tensor } from "../../tensor/create.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { clamp } from "../elementwise/compare.ts";
import { div, neg } from "../elementwise/elementwise.ts";
import { log1p } from "../elementwise/pointwise.ts";
import { topk } from "../index/sort.ts";
import { inOrder } from "../order.ts";
import { cumsum } from "../reduce/scan.ts";
import { drawn } from "./random.ts";

/** A new handle to drawn integers, with bounds that the host knows. Frees its argument. */
function within(
  drawn: Tensor,
  bounds: readonly [number, number],
  { dtype = "u32", shape = drawn.shape }: { dtype?: "i32" | "u32"; shape?: Shape } = {},
): Tensor {
  using bits = drawn;
  const { engine, storage, name } = bits;
  return new Tensor({ engine, storage, shape, dtype, bounds, name });
}

/** Options of `randint`. */
export interface RandintOptions {
  /** Element type of the result. Default "i32". */
  readonly dtype?: "i32" | "u32";
}

/**
 * Random integers in [low, high): torch.randint. The same on every device; every replay of a captured step draws new ones.
 * Throws `ValueError` unless low < high are integers of the element type.
 */
export const randint = /* @__PURE__ */ checked(
  "randint",
  {
    low: integer,
    high: integer,
    shape: shapeKind,
    options: /* @__PURE__ */ options<RandintOptions>({
      dtype: /* @__PURE__ */ oneOf("i32", "u32"),
    }),
  },
  (low: number, high: number, shape: Shape, { dtype = "i32" }: RandintOptions = {}): Tensor => {
    const least = dtype === "i32" ? -(2 ** 31) : 0;
    if (low < least || high > least + 2 ** 32 || low >= high) {
      throw new ValueError(
        `randint: expected low < high, numbers of ${dtype}, got ${low} and ${high}; high is not drawn`,
      );
    }
    const { y } = run(integers, {}, drawn({ shape, low, high }));
    y.name = "randint";
    return within(y, [low, high - 1], { dtype });
  },
);

/**
 * The integers 0 … n − 1 (u32) in random order: torch.randperm. They are sorted by random 32-bit keys; numbers with equal
 * keys, about a hundred pairs in a million, stay in ascending order. Every replay of a captured step draws a new
 * permutation.
 */
export const randperm = /* @__PURE__ */ checked("randperm", { n: integer }, (n: number): Tensor => {
  if (n < 0)
    throw new ValueError(`randperm: expected n ≥ 0, got ${n}; n is the number of elements`);
  const ids = tensor(
    Uint32Array.from({ length: n }, (_, i) => i),
    { shape: [1, n] },
  );
  if (n === 0) return within(ids, [0, 0], { shape: [0] });
  const { y } = run(integers, {}, drawn({ shape: [1, n], low: 0, high: 2 ** 32 }));
  const order = inOrder({ keys: y, ids });
  order.keys.dispose();
  order.ids.name = "randperm";
  return within(order.ids, [0, n - 1], { shape: [n] });
});

/** Options of `multinomial`. */
export interface MultinomialOptions {
  /** Whether an index may be drawn again. Default false. */
  readonly replacement?: boolean;
}

/**
 * Indices (u32) drawn with the probabilities of weights[n] or of each row of weights[rows, n], which need not add up to 1:
 * torch.multinomial, [count] or [rows, count]. Weights are ≥ 0 and finite, which is not checked. An index of weight 0 is
 * drawn only if no other is left. Without replacement the order is the order of drawing (by the largest weight /
 * exponential random number). Every replay of a captured step draws anew; no gradient. Throws `ShapeError`, and
 * `ValueError` for more than n draws without replacement.
 */
export const multinomial = /* @__PURE__ */ checked(
  "multinomial",
  {
    weights: tensorKind,
    count: countKind,
    options: /* @__PURE__ */ options<MultinomialOptions>({ replacement: boolean }),
  },
  (weights: Tensor, count: number, { replacement = false }: MultinomialOptions = {}): Tensor => {
    const [n = 0, rows] = weights.shape.toReversed();
    if (weights.shape.length < 1 || weights.shape.length > 2 || n === 0) {
      throw new ShapeError(
        `multinomial: expected weights[n] or weights[rows, n], got ${show(weights.shape, "weights")}; reshape them`,
      );
    }
    if (!replacement && count > n) {
      throw new ValueError(
        `multinomial: expected at most ${n} draws without replacement, got ${count}; allow { replacement: true }`,
      );
    }
    const index = scope(() =>
      noGrad(() => {
        const table = view(weights, [rows ?? 1, n]);
        if (!replacement) return race(table, count);
        const sums = cumsum(table, -1);
        return run(pick, { weights: table, sums }, drawn({ samples: count })).index;
      }),
    );
    index.name = "multinomial";
    return within(index, [0, n - 1], { shape: rows === undefined ? [count] : [rows, count] });
  },
);

/** The `count` indices with the largest weight / exponential random number: a draw without replacement. */
function race(weights: Tensor, count: number): Tensor {
  const { engine, shape } = weights;
  const drawing = drawn({ shape, low: 0, high: 1 });
  const times = neg(log1p(neg(run(uniform, {}, drawing, { y: empty(shape, { engine }) }).y)));
  return topk(div(weights, clamp(times, { min: 2 ** -25 })), count).indices; // keeps 0 / 0 from becoming NaN
}
