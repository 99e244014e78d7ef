import { gatherRows } from "../kernels/data/gather_rows.ts";
import { gatherRowsU32 } from "../kernels/data/gather_rows_u32.ts";
import { run } from "../tensor/run.ts";
import { Tensor } from "../tensor/tensor.ts";

/** x[index, ...] for f32, i32 or u32. The bounds of all labels also hold for some of them. */
export function gatheredRows(x: Tensor, index: Tensor): Tensor {
  if (x.dtype === "f32") return run(gatherRows, { x, index }, {}).y;
  const { engine, dtype, bounds, name } = x;
  using bits = new Tensor({ engine, storage: x.storage, shape: x.shape, dtype: "u32", name });
  using rows = run(gatherRowsU32, { x: bits, index }, {}).y;
  return new Tensor({ engine, storage: rows.storage, shape: rows.shape, dtype, bounds, name });
}
