import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { arange, eye, linspace } from "./ranges.ts";

const made = (name: string, run: () => Tensor, values: readonly number[]): OpCase => ({
  name,
  inputs: [],
  run,
  reference: () => values.map(Math.fround),
  tolerance: "exact",
});

export const cases: OpCases = {
  arange: [
    made("to an end", () => arange(5), [0, 1, 2, 3, 4]),
    made("from a start", () => arange(-1, 2), [-1, 0, 1]),
    made("fractions: the end is not met", () => arange(1, 2.5, 0.5), [1, 1.5, 2]),
    made("ten tenths", () => arange(0, 1, 0.1), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
    made("downwards", () => arange(3, 0, -1), [3, 2, 1]),
    made("integers", () => arange(2, 9, 3, { dtype: "u32" }), [2, 5, 8]),
    made("nothing", () => arange(0), []),
  ],
  linspace: [
    made("both ends", () => linspace(-1, 1, 5), [-1, -0.5, 0, 0.5, 1]),
    made("thirds, back", () => linspace(1, 0, 4), [1, 2 / 3, 1 / 3, 0]),
    made("one step", () => linspace(3, 9, 1), [3]),
    made("no step", () => linspace(3, 9, 0), []),
  ],
  eye: [
    made("square", () => eye(3), [1, 0, 0, 0, 1, 0, 0, 0, 1]),
    made("wide", () => eye(2, 3), [1, 0, 0, 0, 1, 0]),
    made("tall", () => eye(3, 2), [1, 0, 0, 1, 0, 0]),
  ],
};
