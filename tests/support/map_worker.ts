import { exposeMap } from "../../src/data/workers.ts";

/** A sample of four numbers that depend on the index, in place of a decoded file. */
exposeMap(async (item: number, index: number) => {
  if (item < 0) throw new RangeError(`no sample ${item}`);
  return { x: Float32Array.from({ length: 16 }, (_, k) => Math.sin(item * 16 + k)), y: index % 3 };
});
