import shader from "#shaders/reduce/sum_partials.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * Sums partials [slices, ...] over the first axis, in a fixed order.
 *
 * Throws `ShapeError` for a scalar or for no slices.
 */
export const sumPartials = kernel(shader, ({ partials }, _options: Readonly<object>) => {
  const [slices = 0, ...shape] = partials;
  if (slices === 0) {
    throw new ShapeError(
      `reduce/sum_partials: expected partials [slices, ...] with a slice or more, got ${show(partials)}; ` +
        "pass what conv2d/grad_weight wrote",
    );
  }
  const count = size(shape);
  return {
    outputs: { sum: shape },
    params: { count, slices },
    grid: grid1d(Math.ceil(count / 64)),
    flops: count * slices,
  };
});

export const reference: Reference<typeof sumPartials> = ({ partials }) => {
  const [slices = 0, ...shape] = partials.shape;
  const sum = new Float64Array(size(shape));
  for (let s = 0; s < slices; s++) {
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] as number) + (partials.data[s * sum.length + i] as number);
    }
  }
  return { sum };
};

export const cases: Case<typeof sumPartials>[] = [1, 2, 3, 4, 5, 97].map((slices) => ({
  name: `${slices} slice(s)`,
  inputs: { partials: [slices, 5, 13] },
  options: {},
  tolerance: { length: slices },
}));

export const benches: Case<typeof sumPartials>[] = [
  { name: "98 slices of 8·8·3·3", inputs: { partials: [98, 8, 8, 3, 3] }, options: {} },
];
