import { normalizeAxis } from "../../../core/shape.ts";
import { less, where } from "../../../ops/elementwise/compare.ts";
import { add } from "../../../ops/elementwise/elementwise.ts";
import { cast } from "../../../ops/elementwise/precision.ts";
import { gather, indexSelect } from "../../../ops/index/indexing.ts";
import { split } from "../../../ops/shape/parts.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import { concat, slice } from "../../../ops/shape/shape.ts";
import { tensor } from "../../../tensor/create.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { HostValue } from "../elements.ts";
import { picked } from "../host.ts";
import {
  axesFrom,
  axisFrom,
  type HostCall,
  intOf,
  listOf,
  type NodeCall,
  type Operator,
  unable,
} from "../operator.ts";

const joined: Operator = {
  run: (call) => {
    const parts = Array.from({ length: call.count }, (_, i) => call.tensor(i));
    const full = parts.filter(({ size }) => size > 0);
    return concat(full.length ? full : parts, intOf(call, "axis", 0));
  },
  fold: (call) => {
    const parts = Array.from({ length: call.count }, (_, i) => call.value(i));
    const first = parts[0] as HostValue;
    const axis = normalizeAxis("Concat", intOf(call, "axis", 0), first.shape.length);
    const lengths = parts.map(({ shape }) => shape[axis] as number);
    const pieces = parts.map((part) => [...part.data]);
    const inner = first.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const outer = first.shape.slice(0, axis).reduce((a, b) => a * b, 1);
    const data = Array.from({ length: outer }, (_, i) =>
      pieces.flatMap((piece, k) => {
        const block = (lengths[k] as number) * inner;
        return piece.slice(i * block, (i + 1) * block);
      }),
    ).flat();
    const shape = first.shape.with(
      axis,
      lengths.reduce((a, b) => a + b, 0),
    );
    return { type: first.type, shape, data: Float64Array.from(data) };
  },
};

/**
 * Lengths of the parts: an attribute up to opset 12, an input from opset 13, or equal ones with a possibly shorter last
 * one.
 */
function lengthsOf(call: NodeCall | HostCall, axis: number): readonly number[] {
  const given = listOf(call, "split", 1);
  if (given) return given;
  const whole = call.shape(0)[axis] as number;
  const count = intOf(call, "num_outputs", call.node.outputs.length);
  const each = Math.ceil(whole / count);
  return Array.from({ length: count }, (_, i) => Math.max(Math.min(each, whole - i * each), 0));
}

const cut: Operator = {
  host: [1],
  run: (call) => {
    const axis = axisFrom(intOf(call, "axis", 0), call.shape(0).length);
    return split(call.tensor(0), [...lengthsOf(call, axis)], axis);
  },
  fold: (call) => {
    const axis = axisFrom(intOf(call, "axis", 0), call.shape(0).length);
    const x = call.value(0);
    let end = 0;
    return lengthsOf(call, axis).map((length) => {
      end += length;
      const start = end - length;
      return picked(x, x.shape.with(axis, length), (at) =>
        at.with(axis, (at[axis] as number) + start),
      );
    });
  },
};

interface AxisSection {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** The range of every axis; bounds beyond the axis are clipped. */
function sectionsOf(call: NodeCall | HostCall): AxisSection[] {
  const shape = call.shape(0);
  const starts = listOf(call, "starts", 1) ?? [];
  const ends = listOf(call, "ends", 2) ?? [];
  const axes = axesFrom(listOf(call, "axes", 3) ?? starts.map((_, i) => i), shape.length);
  const steps = listOf(call, "steps", 4) ?? [];
  const whole = shape.map((length): AxisSection => ({ start: 0, step: 1, length }));
  axes.forEach((axis, i) => {
    whole[axis] = sectionOf(shape[axis] as number, starts[i] ?? 0, ends[i] ?? 0, steps[i] ?? 1);
  });
  return whole;
}

function sectionOf(n: number, from: number, to: number, step: number): AxisSection {
  if (step === 0) unable("expected steps other than 0, got 0; is the model sound?");
  const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
  const clip = (at: number) => Math.min(Math.max(at < 0 ? at + n : at, low), high);
  const start = Math.max(clip(from), 0);
  return { start, step, length: Math.max(Math.ceil((clip(to) - start) / step), 0) };
}

const sliced: Operator = {
  host: [1, 2, 3, 4],
  run: (call) => {
    const sections = sectionsOf(call);
    const x = call.tensor(0);
    const back = sections.flatMap(({ step }, axis) => (step < 0 ? [axis] : []));
    const forward = slice(
      x,
      sections
        .map(({ start, step, length }) => {
          if (step > 0) return { start, end: Math.min(start + length * step, Infinity), step };
          return { start: 0, end: start + 1 };
        })
        .map((range, axis) => ({ ...range, end: Math.min(range.end, x.shape[axis] as number) })),
    );
    // for negative steps: reverse the axis, then take every |step|th element
    return back.reduce((y, axis) => backwards(y, axis, sections[axis] as AxisSection), forward);
  },
  fold: (call) => {
    const sections = sectionsOf(call);
    const shape = sections.map(({ length }) => length);
    return picked(call.value(0), shape, (at) =>
      at.map((i, axis) => {
        const { start, step } = sections[axis] as AxisSection;
        return start + i * step;
      }),
    );
  },
};

const backwards = (x: Tensor, axis: number, { start, step, length }: AxisSection): Tensor =>
  alongAxis(
    x,
    axis,
    Array.from({ length }, (_, i) => start + i * step),
  );

/** x indexed along an axis by indices on the host. */
export const alongAxis = (x: Tensor, axis: number, indices: readonly number[]): Tensor =>
  indexSelect(x, axis, tensor(indices, { dtype: "u32", engine: x.engine }));

/** Indices of an input as u32; negative ones count from the end. */
export function indices(call: NodeCall, input: number, length: number): Tensor {
  const index = call.tensor(input);
  if (index.dtype === "u32") return index;
  if (index.bounds && index.bounds[0] >= 0) return cast(index, "u32");
  return cast(where(less(index, 0), add(index, length), index), "u32");
}

const gathered: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const axis = axisFrom(intOf(call, "axis", 0), x.shape.length);
    const index = indices(call, 1, x.shape[axis] as number);
    const shape = [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)];
    return reshape(indexSelect(x, axis, reshape(index, [index.size])), shape);
  },
  fold: (call) => {
    const [x, index] = [call.value(0), call.value(1)];
    const axis = axisFrom(intOf(call, "axis", 0), x.shape.length);
    const length = x.shape[axis] as number;
    const places = [...index.data].map((at) => axisFrom(at, length));
    const rows = { ...index, data: Float64Array.from(places) };
    const rank = index.shape.length;
    const shape = [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)];
    return picked(x, shape, (at) => {
      const place = picked(rows, [], () => at.slice(axis, axis + rank)).data[0] as number;
      return [...at.slice(0, axis), place, ...at.slice(axis + rank)];
    });
  },
};

const gatheredEach: Operator = {
  run: (call) => {
    const x = call.tensor(0);
    const axis = axisFrom(intOf(call, "axis", 0), x.shape.length);
    return gather(x, axis, indices(call, 1, x.shape[axis] as number));
  },
};

/** Concatenating, slicing and indexing, by ONNX's names. */
export const parts: Readonly<Record<string, Operator>> = {
  Concat: joined,
  Split: cut,
  Slice: sliced,
  Gather: gathered,
  GatherElements: gatheredEach,
};
