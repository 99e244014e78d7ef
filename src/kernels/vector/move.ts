import shader from "#shaders/vector/move.wgsl";
import { number, required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { forEachInSection, NO_BLOCK, type SectionOptions, sectionPlan, tableOf } from "./blocks.ts";

/** A step along a direction. */
export interface MoveOptions extends SectionOptions {
  /** Step length; 0 ignores d, including NaN. */
  readonly t: number;
}

/**
 * Writes `x + t · d` to an arena's blocks, in the order of `table` (u32, no block twice); blocks that are not in the table
 * do not change. The section of x and d begins at element `first`. Throws the errors of `sectionPlan`.
 */
export const vectorMove = kernel(shader, ({ p, table, x, d }, options: MoveOptions) => {
  const plan = sectionPlan("vector/move", p, table, { x, d }, options);
  const { count } = plan.params;
  return {
    ...plan,
    params: { ...plan.params, t: options.t },
    flops: 2 * count,
    bytes: 12 * count,
  };
});

export const kinds = () => ({ t: required(number), first: number });

export const reference: Reference<typeof vectorMove> = ({ p, table, x, d }, { first = 0, t }) => {
  const after = Float64Array.from(p.data);
  forEachInSection(table.data, p.data.length, first, (from, to) => {
    if (to === undefined) return;
    after[to] = (x.data[from] as number) + (t === 0 ? 0 : t * (d.data[from] as number));
  });
  return { p: after };
};

export const cases: Case<typeof vectorMove>[] = [
  {
    name: "one block",
    inputs: { p: [64], table: tableOf(0), x: [64], d: [64] },
    options: { t: 0.5 },
  },
  {
    name: "blocks turned round, one missing, from the middle of x",
    inputs: { p: [320], table: tableOf(4, NO_BLOCK, 0, 5, 1), x: [400], d: [400] },
    options: { first: 64, t: -2 },
  },
  {
    name: "a step of 0 ignores d",
    inputs: { p: [128], table: tableOf(1, 0), x: [128], d: { shape: [128], fill: () => NaN } },
    options: { t: 0 },
    tolerance: "exact",
  },
  {
    name: "safety: NaN in d",
    inputs: {
      p: [64],
      table: tableOf(0),
      x: [64],
      d: { shape: [64], fill: (i) => (i === 3 ? NaN : 1) },
    },
    options: { t: 1 },
  },
];
