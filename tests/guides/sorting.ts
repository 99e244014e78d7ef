import { radixCount, radixMove, scanCounts, sortBlocks, sortKeys, take } from "wgrad/kernels";
import { type OnGpu, read, run, upload } from "./gpu.ts";

/** Every row of x [rows, length] in ascending order, and where its elements were (u32). */
async function sorted(x: OnGpu) {
  const [, k = 0] = x.shape;
  let { keys, ids } = await run(sortKeys, { x }, {}); // u32 keys that order as the numbers do
  if (k <= 1024) ids = (await run(sortBlocks, { keys, ids }, { keep: k })).sorted_ids;
  else {
    for (let shift = 0; shift < 32; shift += 4) {
      const { counts } = await run(radixCount, { keys }, { shift });
      const { starts } = await run(scanCounts, { counts }, {});
      const moved = await run(radixMove, { keys, ids, starts }, { shift });
      [keys, ids] = [moved.moved, moved.moved_ids];
    }
  }
  return run(take, { x, ids }, { k });
}

const { values, indices } = await sorted(upload([3, -1, 2, 0.5, 0, -7], [2, 3]));
console.log(await read(values)); // −1, 2, 3 and −7, 0, 0.5
console.log(new Uint32Array((await read(indices)).buffer)); // 1, 2, 0 and 2, 1, 0

const long = Float32Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
const ordered = await read((await sorted(upload(long, [1, 5000]))).values);
console.log(ordered.every((v, i) => v === i)); // true
