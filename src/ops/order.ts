import { scanCounts } from "../kernels/scan/counts.ts";
import { sortBlocks, TILE } from "../kernels/sort/blocks.ts";
import { BITS } from "../kernels/sort/radix.ts";
import { radixCount } from "../kernels/sort/radix_count.ts";
import { radixMove } from "../kernels/sort/radix_move.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Sorted rows of keys (u32), and the former position of each. */
export interface SortedRows {
  readonly keys: Tensor;
  readonly ids: Tensor;
}

/** Up to this k, blocks of a long row are sorted and cut to k; above, the whole row is sorted by radix. */
const FEW = 128;

/**
 * Sorts rows of keys[rows, length] in ascending order, together with ids; equal keys are ordered by ids, if ids ascend.
 * Linear work: a sorting network in workgroup memory for rows of up to 1,024, and radix passes of four bits over the keys'
 * lowest `bits` for longer rows. Frees its argument.
 */
export function inOrder({ keys, ids }: SortedRows, bits = 32): SortedRows {
  const [, length = 0] = keys.shape;
  if (length <= TILE) return cutDown({ keys, ids }, length);
  let current: SortedRows = { keys, ids };
  for (let shift = 0; shift < bits; shift += BITS) {
    using counts = run(radixCount, { keys: current.keys }, { shift }).counts;
    using starts = run(scanCounts, { counts }, {}).starts;
    const { moved, moved_ids } = run(radixMove, { ...current, starts }, { shift });
    free(current);
    current = { keys: moved, ids: moved_ids };
  }
  return current;
}

/** The k smallest keys of every row in order, as by `inOrder`; rows of the result may be longer than k. Frees its argument. */
export function smallest(pairs: SortedRows, k: number): SortedRows {
  const [, length = 0] = pairs.keys.shape;
  if (length > TILE && k > FEW) return inOrder(pairs);
  const cut = cutDown(pairs, k);
  return cut.keys.shape[1] === k ? cut : smallest(cut, k);
}

function cutDown(pairs: SortedRows, keep: number): SortedRows {
  const { sorted_keys, sorted_ids } = run(sortBlocks, { ...pairs }, { keep });
  free(pairs);
  return { keys: sorted_keys, ids: sorted_ids };
}

function free({ keys, ids }: SortedRows): void {
  keys.dispose();
  ids.dispose();
}
