import type { Two } from "../../../core/shape.ts";
import { pad, slice } from "../../../ops/shape/shape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  axesFrom,
  floatOf,
  listOf,
  type NodeCall,
  type Operator,
  only,
  textOf,
  unable,
} from "../operator.ts";
import { alongAxis } from "./parts.ts";

/** Cells before and after every axis: of all axes in order, or of the axes in input 3 (opset 18). */
function padsOf(call: NodeCall): Two[] {
  const rank = call.shape(0).length;
  const given = listOf(call, "pads", 1) ?? [];
  const axes = axesFrom(call.has(3) ? call.numbers(3) : call.shape(0).map((_, axis) => axis), rank);
  return call.shape(0).map((_, axis): Two => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [given[at] ?? 0, given[at + axes.length] ?? 0];
  });
}

/** Source of a cell beyond an axis of length n. */
const sources: Readonly<Record<string, (at: number, n: number) => number>> = {
  edge: (at, n) => Math.min(Math.max(at, 0), n - 1),
  reflect: (at, n) => {
    const period = Math.max(2 * n - 2, 1);
    const within = ((at % period) + period) % period;
    return within < n ? within : period - within;
  },
  wrap: (at, n) => ((at % n) + n) % n,
};

function filled(call: NodeCall): Tensor {
  const x = call.tensor(0);
  const pads = padsOf(call);
  const value = call.has(2) ? (call.numbers(2)[0] ?? 0) : floatOf(call, "value", 0);
  const cropped = pads.some((ends) => ends.some((n) => n < 0))
    ? slice(
        x,
        pads.map(([before, after], axis) => ({
          start: Math.max(-before, 0),
          end: (x.shape[axis] as number) + Math.min(after, 0),
        })),
      )
    : x;
  const more = pads.map(([before, after]): [number, number] => [
    Math.max(before, 0),
    Math.max(after, 0),
  ]);
  return more.some((ends) => ends.some((n) => n > 0)) ? pad(cropped, more, value) : cropped;
}

/** A border of a value, of the edge's cells, of mirrored cells, or of cells from the other end. */
const border: Operator = {
  host: [1, 2, 3],
  refuse: only("mode", "constant", ...Object.keys(sources)),
  run: (call) => {
    const mode = textOf(call, "mode", "constant");
    const source = sources[mode];
    if (!source) return filled(call);
    return padsOf(call).reduce((y, [before, after], axis) => {
      if (before === 0 && after === 0) return y;
      const n = y.shape[axis] as number;
      if (n === 0)
        unable(`expected cells to pad with, got [${y.shape.join(", ")}]; pass a larger input`);
      const length = Math.max(n + before + after, 0);
      return alongAxis(
        y,
        axis,
        Array.from({ length }, (_, i) => source(i - before, n)),
      );
    }, call.tensor(0));
  },
};

/** Padding, by ONNX's names. */
export const pads: Readonly<Record<string, Operator>> = { Pad: border };
