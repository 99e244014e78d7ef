import type { Shape } from "../../core/shape.ts";
import type { BilinearOptions, ImageSize } from "./axes.ts";

type Options = BilinearOptions & ImageSize;

const corners = { alignCorners: true };

const inEveryMode: readonly (readonly [name: string, dy: Shape, options: Options])[] = [
  ["one cell", [1, 1, 1, 1], { size: 1, imageSize: [1, 1] }],
  ["many to one cell", [1, 2, 3, 5], { size: [3, 5], imageSize: [1, 1] }],
  ["from twice as large", [2, 3, 8, 10], { scaleFactor: 2, imageSize: [4, 5] }],
  ["from half as large", [2, 3, 3, 4], { scaleFactor: 0.5, imageSize: [7, 8] }],
  ["uneven", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10] }],
  ["by 1.5 and 0.7", [1, 2, 7, 9], { scaleFactor: [1.5, 0.7], imageSize: [5, 13] }],
];

const between: typeof inEveryMode = [
  ["many to one, corners", [1, 2, 3, 5], { size: [3, 5], imageSize: [1, 1], ...corners }],
  ["one to many, corners", [1, 2, 1, 1], { size: 1, imageSize: [4, 5], ...corners }],
  ["from a fifth", [1, 2, 2, 3], { size: [2, 3], imageSize: [11, 16] }],
  ["uneven, corners", [1, 2, 10, 3], { size: [10, 3], imageSize: [7, 10], ...corners }],
];

const caseOf =
  (length: number) =>
  ([name, dy, options]: (typeof inEveryMode)[number]) => ({
    ...{ name, inputs: { dy }, options, tolerance: { length } },
  });

/** Cases of a resampling's gradient whose results are sums of about `length` terms. */
export const gradCases = (length: number) => inEveryMode.map(caseOf(length));

/** The same of a mode that interpolates. */
export const interpolatedGradCases = (length: number) =>
  [...inEveryMode, ...between].map(caseOf(length));

const forward: readonly (readonly [name: string, x: Shape, options: BilinearOptions])[] = [
  ["one cell", [1, 1, 1, 1], { size: 1 }],
  ["one cell to many", [1, 2, 1, 1], { size: [3, 5] }],
  ["one cell to many, corners", [1, 2, 1, 1], { size: [3, 5], alignCorners: true }],
  ["many to one, corners", [1, 2, 4, 5], { size: 1, alignCorners: true }],
  ["twice as large", [2, 3, 4, 5], { scaleFactor: 2 }],
  ["half as large", [2, 3, 7, 8], { scaleFactor: 0.5 }],
  ["uneven", [1, 2, 7, 10], { size: [10, 3] }],
  ["uneven, corners", [1, 2, 7, 10], { size: [10, 3], alignCorners: true }],
  ["by 1.5 and 0.7: the factor counts", [1, 2, 5, 13], { scaleFactor: [1.5, 0.7] }],
];

/** Cases of a resampling that interpolates, whose results are sums of about `length` terms. */
export const interpolatedCases = (length: number) =>
  forward.map(([name, x, options]) => ({ name, inputs: { x }, options, tolerance: { length } }));
