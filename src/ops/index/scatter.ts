import { size } from "../../core/shape.ts";
import { fill } from "../../kernels/elementwise/fill.ts";
import { scale } from "../../kernels/elementwise/scale.ts";
import { RUN, segmentSum } from "../../kernels/index/segment_sum.ts";
import {
  planTargets,
  type TargetOptions,
  scatterTargets as targets,
} from "../../kernels/index/targets.ts";
import { aboutAxis } from "../../kernels/scan/scan.ts";
import type { Engine } from "../../scheduler/engine.ts";
import { empty } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { inOrder } from "../order.ts";

/** Where src is added to y: `TargetOptions` without the shapes. */
export type AddOptions = Omit<TargetOptions, "y" | "src">;

/** A copy of x to add to. */
export const copyOf = (x: Tensor): Tensor => run(scale, { x }, { scale: 1, shift: 0 }).y;

/** Zeros of a shape on an engine, written to `into` if it is given. */
export const zerosIn = (
  engine: Engine,
  shape: readonly number[],
  into: Tensor = empty(shape, { engine }),
): Tensor => run(fill, {}, { shape, value: 0 }, { y: into }).y;

/**
 * y[…, index, …] += src in place, deterministic: target positions are sorted (stable, linear work), and entries with equal
 * positions are summed 32 at a time, level by level, so that a million entries for one position take no longer than for
 * different ones.
 */
export function addAt(y: Tensor, index: Tensor, src: Tensor, options: AddOptions): void {
  const shapes = { ...options, y: y.shape, src: src.shape };
  const { limit, shape } = planTargets(index.shape, shapes);
  if (size(shape) === 0 || y.size === 0 || src.size === 0) return;
  const bits = Math.ceil(Math.log2(limit + 1));
  const { keys, ids } = inOrder(run(targets, { index }, shapes), bits);
  const byRows = options.by === "rows";
  const { inner, rows } = byRows
    ? aboutAxis("scatterAdd", y.shape, options.axis)
    : { inner: 1, rows: 1 };
  const columns = byRows ? rows : 1;
  let open = run(
    segmentSum,
    { keys, ids, src, y },
    { columns, srcInner: inner, yInner: inner, limit },
  );
  let entries = keys.size;
  keys.dispose();
  ids.dispose();
  while (entries > RUN) {
    const { open_keys, open_sums } = open;
    open = run(
      segmentSum,
      { keys: open_keys, src: open_sums, y },
      { columns, srcInner: columns, yInner: inner, limit },
    );
    entries = open_keys.size;
    open_keys.dispose();
    open_sums.dispose();
  }
  open.open_keys.dispose();
  open.open_sums.dispose();
}
