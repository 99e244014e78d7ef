import shader from "#shaders/vector/gather.wgsl";
import { number } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { forEachInSection, NO_BLOCK, type SectionOptions, sectionPlan, tableOf } from "./blocks.ts";

/**
 * Copies blocks of an arena, in the order of `table` (u32), to `y` from element `first` on; an entry that is not a block of
 * the arena gives a block of zeros. Throws the errors of `sectionPlan`.
 */
export const vectorGather = kernel(shader, ({ arena, table, y }, options: SectionOptions) => {
  const plan = sectionPlan("vector/gather", arena, table, { y }, options);
  return { ...plan, flops: 0, bytes: 8 * plan.params.count };
});

export const kinds = () => ({ first: number });

export const reference: Reference<typeof vectorGather> = ({ arena, table, y }, { first = 0 }) => {
  const after = Float64Array.from(y.data);
  forEachInSection(table.data, arena.data.length, first, (to, from) => {
    after[to] = from === undefined ? 0 : (arena.data[from] as number);
  });
  return { y: after };
};

const exact = { tolerance: "exact" } as const;

export const cases: Case<typeof vectorGather>[] = [
  { name: "one block", inputs: { arena: [64], table: tableOf(0), y: [64] }, options: {}, ...exact },
  {
    name: "blocks turned round, one missing, in the middle of y",
    inputs: { arena: [192], table: tableOf(2, NO_BLOCK, 0, 1), y: [400] },
    options: { first: 64 },
    ...exact,
  },
  {
    name: "entries at and beyond the arena's end are zeros",
    inputs: { arena: [128], table: tableOf(2, 1, 3), y: [192] },
    options: {},
    ...exact,
  },
  { name: "nothing", inputs: { arena: [64], table: tableOf(), y: [10] }, options: {}, ...exact },
];
