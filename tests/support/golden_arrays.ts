import { readFileSync } from "node:fs";
import type { Shape } from "../../src/core/shape.ts";
import type { HostTensor } from "../../src/kernels/kernel.ts";

/** The lines of a file of tests/golden, each a JSON. */
export const goldenLines = <Line>(name: string): readonly Line[] =>
  readFileSync(`tests/golden/${name}.jsonl`, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** A tensor on the host whose element i is `value(i)`. */
export const filled = (shape: Shape, value: (i: number) => number): HostTensor => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
});
