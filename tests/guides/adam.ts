import { adam, adamRow, packRows } from "wgrad/kernels";
import { read, run, upload } from "./gpu.ts";

// All parameters lie in one buffer, an arena, in blocks of 64 numbers; one dispatch makes the step of all. `block_row` says
// for each block which row of numbers (learning rate, decay, …) is its own; 0xffffffff leaves a block as it is.
const arena = (first: readonly number[], second: readonly number[]) => {
  const all = new Float32Array(128);
  all.set(first);
  all.set(second, 64);
  return upload(all, [128]);
};
const p = arena([1, 2, 3], [4, 5]);
const [m, v] = [arena([], []), arena([], [])]; // the moments, kept from step to step
const block_row = upload(Uint32Array.of(0, 1), [2]);

for (let step = 1; step <= 3; step++) {
  const groups = [adamRow({ lr: 0.1 }, step), adamRow({ lr: 0.01, weightDecay: 0.1 }, step)];
  const packed = packRows(adam.shader, "rows", groups);
  const rows = upload(packed, [groups.length, packed.length / groups.length]);
  const grads = arena([2, -3, 0], [1, 1]); // what backward wrote
  await run(adam, { p, grads, block_row, rows, m, v }, {}); // changes p, m and v
}
const stepped = await read(p);
console.log([...stepped.subarray(0, 3)], [...stepped.subarray(64, 66)]); // 0.7, 2.3, 3 and 3.97, 4.97
