import shader from "#shaders/elementwise/chain.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { numbers, required } from "../../core/kinds.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Case, type HostTensor, kernel, type Reference } from "../kernel.ts";
import { broadcastStrides, coordinatesOf, offsetOf } from "../shape/walk.ts";
import { stepsOf, walkTogether } from "./chain_walk.ts";

/** Maximum number of scalars in a chain's Params. */
export const MAX_SCALARS = 16;

/** The shader alone, for code that supplies a body. */
export const chainShader: typeof shader = shader;

/** The scalars that a body reads, s₀ to s₁₅. */
interface Options {
  readonly scalars: readonly number[];
}

/** How the sample body reads its operands. */
const SAMPLE = {
  one: "i,i,i,at.x,at.y,at.z",
  four: "i,i,i,at.x,at.y for all,at.z for all",
};

/**
 * The kernel for chains of a captured step: elementwise functions applied one after the other in one pass over memory. A
 * chain supplies its own body; this plan runs a sample body, y₀ = x₀·b₀ + x₁·s₀ − x₃ and y₁ = x₂·b₁ + s₅, where x₃, b₀ and
 * b₁ broadcast to the shape of the others: x₃ as rows, b₀ and b₁ with every number repeated. Throws `ShapeError` if they do
 * not.
 */
export const chain = kernel(shader, ({ x0, x1, x2, x3, b0, b1 }, { scalars }: Options) => {
  const walk = walkTogether(
    size(x0),
    [x0, x1, x2, x3, b0, b1].map((shape) => stepsOf(shape, x0)),
  );
  const readings = walk?.readings.map(({ at, splat }) => (splat ? `${at} for all` : at)).join();
  const equal = [x1, x2].every((shape) => sameShape(shape, x0));
  if (!walk || !equal || (size(x0) > 0 && readings !== SAMPLE[walk.width])) {
    throw new ShapeError(
      `elementwise/chain: expected x1 and x2 of x0's shape ${show(x0)}, rows of x3, and b0 and b1 that repeat every number ` +
        `of theirs, got ${[x1, x2, x3, b0, b1].map((shape) => show(shape)).join(", ")}; pass shapes as in its cases`,
    );
  }
  const padded = Array.from({ length: MAX_SCALARS }, (_, k) => scalars[k] ?? 0);
  return {
    outputs: { y0: x0, y1: x0 },
    params: { ...walk.params, scalars: padded },
    grid: walk.grid,
    slots: { body: "sample", width: walk.width },
    flops: 6 * size(x0),
  };
});

export const kinds = () => ({ scalars: required(numbers) });

export const reference: Reference<typeof chain> = ({ x0, x1, x2, x3, b0, b1 }, { scalars }) => {
  const read = ({ shape, data }: HostTensor, i: number) =>
    data[offsetOf(coordinatesOf(i, x0.shape), broadcastStrides(shape, x0.shape))] as number;
  const [s0 = 0, , , , , s5 = 0] = scalars;
  const y0 = Float64Array.from(
    x0.data,
    (value, i) => value * read(b0, i) + (x1.data[i] as number) * s0 - read(x3, i),
  );
  const y1 = Float64Array.from(x2.data, (value, i) => value * read(b1, i) + s5);
  return { y0, y1 };
};

/** A case with operands of one shape, a row, a column and one more, or with the given inputs. */
const about = (
  shape: Shape,
  { x3, b0, b1 }: { readonly x3: Shape; readonly b0: Shape; readonly b1: Shape },
): Case<typeof chain>["inputs"] => ({ x0: shape, x1: shape, x2: shape, x3, b0, b1 });

const options = { scalars: [0.75, 9, 9, 9, 9, -1.5] };

export const cases: Case<typeof chain>[] = [
  { name: "two rows of two", inputs: about([2, 2], { x3: [2], b0: [2, 1], b1: [2, 1] }), options },
  {
    name: "a pack a row, one row more than a workgroup has lanes",
    inputs: about([65, 4], { x3: [4], b0: [65, 1], b1: [65, 1] }),
    options,
  },
  {
    name: "rows, columns, channels, one a lane",
    inputs: about([3, 5, 13], { x3: [13], b0: [3, 1, 1], b1: [5, 1] }),
    options,
  },
  {
    name: "rows, columns, channels, four a lane",
    inputs: about([3, 5, 52], { x3: [52], b0: [3, 1, 1], b1: [5, 1] }),
    options,
  },
  {
    name: "rows of a few, four a lane",
    inputs: about([3, 5, 7, 8], { x3: [3, 1, 7, 8], b0: [5, 1, 1], b1: [3, 1, 7, 1] }),
    options,
  },
  {
    name: "rows of 6, one a lane",
    inputs: about([10, 2, 6], { x3: [2, 6], b0: [10, 1, 1], b1: [10, 2, 1] }),
    options,
  },
  {
    name: "safety: a NaN spoils its own element, infinities pass",
    inputs: {
      ...about([2, 4], { x3: [4], b0: [2, 1], b1: [2, 1] }),
      x0: { shape: [2, 4], fill: (i) => [0, NaN, Infinity, 1, 2, 3, -Infinity, 4][i] as number },
    },
    options,
  },
  { name: "no elements", inputs: about([0, 3], { x3: [3], b0: [], b1: [] }), options },
];

export const benches: Case<typeof chain>[] = [
  {
    name: "16 Mi elements",
    inputs: about([4096, 4096], { x3: [4096], b0: [4096, 1], b1: [4096, 1] }),
    options,
  },
];
