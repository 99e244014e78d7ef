import shader from "#shaders/index/one_hot.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * `y[…, c] = 1` where labels[…] = c, else 0, for labels (u32) of any shape. A label out of range gives a row of zeros.
 * Throws `ValueError` unless there is at least one class.
 */
export const oneHot = kernel(shader, ({ labels }, { classes }: { classes: number }) => {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new ValueError(
      `oneHot: expected a whole number of classes ≥ 1, got ${classes}; one more than the greatest label`,
    );
  }
  const count = size(labels) * classes;
  return {
    outputs: { y: [...labels, classes] },
    params: { count, classes },
    grid: grid1d(Math.ceil(count / 64)),
    flops: 0,
  };
});

export const kinds = () => ({ classes: required(number) });

export const reference: Reference<typeof oneHot> = ({ labels }, { classes }) => {
  const y = new Float64Array(labels.data.length * classes);
  for (let i = 0; i < labels.data.length; i++) {
    const label = labels.data[i] as number;
    if (label < classes) y[i * classes + label] = 1;
  }
  return { y };
};

const tolerance = "exact";

export const cases: Case<typeof oneHot>[] = [
  {
    name: "ten classes",
    inputs: { labels: { shape: [67], fill: (i) => (i * 3) % 10 } },
    options: { classes: 10 },
    tolerance,
  },
  {
    name: "two axes, labels that are no class",
    inputs: { labels: { shape: [3, 4], fill: (i) => (i === 5 ? 0xffffffff : i) } },
    options: { classes: 7 },
    tolerance,
  },
  {
    name: "a scalar",
    inputs: { labels: { shape: [], fill: () => 0 } },
    options: { classes: 1 },
    tolerance,
  },
  { name: "no labels", inputs: { labels: [0] }, options: { classes: 3 } },
];
