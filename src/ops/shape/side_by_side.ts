import type { Shape } from "../../core/shape.ts";
import { place } from "../../kernels/shape/place.ts";
import { section, type View } from "../../kernels/shape/views.ts";
import { run } from "../../tensor/run.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Copies tensors of one engine and matching sizes one after the other along an axis of `y`, and returns where each begins. */
export function sideBySide(
  first: Tensor,
  others: readonly Tensor[],
  axis: number,
): { y: Tensor; views: readonly View[] } {
  const parts = [first, ...others];
  const lengths = parts.map(({ shape }) => shape[axis] as number);
  const whole: Shape = first.shape.with(
    axis,
    lengths.reduce((a, b) => a + b, 0),
  );
  const { engine } = first;
  const storage = engine.allocate("concat", whole);
  const dtype = first.dtype === "f16" ? "f32" : first.dtype; // concatenated f16 are read as f32
  const y = new Tensor({ engine, storage, shape: whole, dtype });
  let at = 0;
  const views = lengths.map((length) => {
    at += length;
    return section(whole, axis, at - length, length);
  });
  parts.forEach((x, i) => {
    run(place, { x, y }, views[i] as View);
  });
  return { y, views };
}
