import { ValueError } from "../../core/errors.ts";
import { count, finite, integer, oneOf, optional } from "../../core/kinds.ts";
import { type DType, typedArray } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { oneHot } from "../../kernels/index/one_hot.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Options of `arange` and `linspace`. */
export interface RangeOptions {
  /** Element type of the result. Default "f32". */
  readonly dtype?: Exclude<DType, "f16">;
}

const rangeOptions = /* @__PURE__ */ options<RangeOptions>({
  dtype: /* @__PURE__ */ oneOf("f32", "i32", "u32"),
});

function listed(length: number, value: (i: number) => number, dtype: DType): Tensor {
  return tensor(
    typedArray(
      dtype,
      Array.from({ length }, (_, i) => value(i)),
    ),
  );
}

type Arange = (
  ...args:
    | [end: number, options?: RangeOptions]
    | [start: number, end: number, options?: RangeOptions]
    | [start: number, end: number, step: number, options?: RangeOptions]
) => Tensor;

const numberOrOptions = {
  accepts: (value: unknown) => finite.accepts(value) || rangeOptions.accepts(value),
  expected: "a finite number or options",
  optional: true,
  check: (value: unknown, who: string, name: string) => {
    if (typeof value !== "number") rangeOptions.check?.(value, who, name);
  },
};

/**
 * `arange(end)`, `arange(start, end)` or `arange(start, end, step)`: start, start + step, … up to but excluding end,
 * torch.arange, each computed in float64. Default start 0, step 1; f32 unless `{ dtype }` is the last argument. No
 * gradient. Throws `ValueError` if the step is 0 or leads away from end, or if an integer dtype cannot represent a number.
 */
export const arange: Arange & { readonly signature: unknown } = /* @__PURE__ */ checked(
  "arange",
  { start: finite, end: numberOrOptions, step: numberOrOptions, options: rangeOptions },
  (...args: (number | RangeOptions | undefined)[]): Tensor => {
    const given = args.filter((each) => typeof each === "number");
    const [{ dtype = "f32" } = {}] = args.filter((each) => typeof each === "object");
    const [start = 0, end = 0, step = 1] = given.length === 1 ? [0, ...given] : given;
    if (step === 0 || (end - start) / step < 0) {
      throw new ValueError(
        `arange: expected a step that leads from ${start} to ${end}, got ${step}; change its sign`,
      );
    }
    const whole = dtype === "f32" || [start, step].every(Number.isInteger);
    if (!whole || (dtype === "u32" && Math.min(start, end) < 0)) {
      throw new ValueError(
        `arange: expected numbers of ${dtype}, got start ${start} and step ${step}; use f32`,
      );
    }
    return listed(Math.ceil((end - start) / step), (i) => start + i * step, dtype);
  },
);

/** `steps` numbers from start to end, both included, at equal distances: torch.linspace. With one step the result is start. */
export const linspace = /* @__PURE__ */ checked(
  "linspace",
  { start: finite, end: finite, steps: integer },
  (start: number, end: number, steps: number): Tensor => {
    if (steps < 0)
      throw new ValueError(
        `linspace: expected steps ≥ 0, got ${steps}; it is the number of elements`,
      );
    const gap = steps > 1 ? (end - start) / (steps - 1) : 0;
    // computed from the nearer end, so that both ends are exact
    const value = (i: number) => (2 * i < steps ? start + i * gap : end - (steps - 1 - i) * gap);
    return listed(steps, value, "f32");
  },
);

/** Ones on the diagonal of a matrix of zeros [rows, columns], by default square: torch.eye. */
export const eye = /* @__PURE__ */ checked(
  "eye",
  { rows: count, columns: /* @__PURE__ */ optional(count) },
  (rows: number, columns = rows): Tensor => {
    using labels = listed(rows, (i) => i, "u32");
    const { y } = run(oneHot, { labels }, { classes: columns });
    y.name = "eye";
    return y;
  },
);
