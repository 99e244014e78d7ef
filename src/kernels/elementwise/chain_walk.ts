import type { Shape } from "../../core/shape.ts";
import { grid256 } from "../kernel.ts";
import {
  type Axis,
  type AxisStep,
  broadcastStrides,
  collapse,
  MAX_AXES,
  packAxes,
} from "../shape/walk.ts";
import type { Width } from "./packs.ts";

/** Index at which shaders/elementwise/chain.wgsl reads an operand: the result's, one of three others, or always 0. */
export type At = "i" | "at.x" | "at.y" | "at.z" | "0u";

/** How an operand is read. */
export interface OperandReading {
  readonly at: At;
  /** Whether one number serves the whole pack. */
  readonly splat: boolean;
}

/** The indexing of all operands in chain.wgsl. */
export interface ChainWalk {
  readonly width: Width;
  readonly params: { readonly packs: number; readonly rank: number; readonly axes: Axis[] };
  readonly grid: ReturnType<typeof grid256>;
  /** One for each operand. */
  readonly readings: readonly OperandReading[];
}

/** The axes of an operand of `shape` that broadcasts to `to`, outermost first, merged to as few as possible. */
export function stepsOf(shape: Shape, to: Shape): AxisStep[] {
  return collapse(to, broadcastStrides(shape, to)).map(({ size, strides: [stride = 0] }) => ({
    size,
    stride,
  }));
}

/** Whether an operand is read element by element, with the same index as the result. */
export const isWhole = (steps: readonly AxisStep[]): boolean =>
  steps.length === 1 && (steps[0]?.stride === 1 || steps[0]?.size === 1);

const isScalar = (steps: readonly AxisStep[]) => steps.every(({ stride }) => stride === 0);
const WALKS = ["at.x", "at.y", "at.z"] as const;

/**
 * The indexing of `count` elements for these operands. Undefined if the kernel cannot do it: more than three operands
 * broadcast, there are more than eight axes, or axes cannot be split to match each other.
 */
export function walkTogether(
  count: number,
  operands: readonly (readonly AxisStep[])[],
): ChainWalk | undefined {
  const walked = operands.filter((steps) => !isWhole(steps) && !isScalar(steps));
  const single = refine(count, walked);
  if (walked.length > WALKS.length || !single || single.length > MAX_AXES) return undefined;
  const fours = count > 0 ? inFours(single) : undefined;
  const axes = fours?.axes ?? single;
  const readings = operands.map((steps): OperandReading => {
    if (isWhole(steps)) return { at: "i", splat: false };
    if (isScalar(steps)) return { at: "0u", splat: fours !== undefined };
    const walk = walked.indexOf(steps);
    return { at: WALKS[walk] as At, splat: fours?.splats[walk] ?? false };
  });
  const packs = fours ? count / 4 : count;
  return {
    width: fours ? "four" : "one",
    params: { packs, rank: axes.length, axes: packAxes("elementwise/chain", [count], axes) },
    grid: grid256(packs),
    readings,
  };
}

/** Axes, outermost first, into which the axes of all operands can be split; undefined if there are none. */
function refine(count: number, operands: readonly (readonly AxisStep[])[]): Axis[] | undefined {
  if (count === 0) return [{ size: 0, strides: operands.map(() => 0) }];
  const cuts = new Set([1, count]);
  for (const steps of operands) {
    let inner = 1;
    for (const { size } of steps.toReversed()) {
      inner *= size;
      cuts.add(inner);
    }
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  if (sorted.some((cut, k) => (sorted[k + 1] ?? cut) % cut !== 0)) return undefined;
  const inners = sorted.slice(0, -1).toReversed(); // number of elements within each axis
  const shape = inners.map((inner, k) => (inners[k - 1] ?? count) / inner);
  return collapse(shape, ...operands.map((steps) => inners.map((inner) => strideAt(steps, inner))));
}

/** Distance in an operand between two elements whose indices in the result differ by `inner`. */
function strideAt(steps: readonly AxisStep[], inner: number): number {
  let within = 1;
  for (const { size, stride } of steps.toReversed()) {
    if (inner < within * size) return stride * (inner / within);
    within *= size;
  }
  return 0;
}

/**
 * The same axes in packs of four, if every operand has whole packs or one number per pack; `splats` marks operands with one
 * number per pack.
 */
export function inFours(axes: readonly Axis[]): { axes: Axis[]; splats: boolean[] } | undefined {
  const inner = axes.at(-1);
  if (!inner || inner.size % 4 !== 0) return undefined;
  const splats = inner.strides.map((stride) => stride === 0);
  const outer = axes.slice(0, -1);
  const whole = inner.strides.every(
    (stride, o) =>
      splats[o] || (stride === 1 && outer.every(({ strides }) => (strides[o] ?? 0) % 4 === 0)),
  );
  if (!whole) return undefined;
  const packed = outer.map(({ size, strides }) => ({
    size,
    strides: strides.map((stride, o) => (splats[o] ? stride : stride / 4)),
  }));
  const all = [...packed, { size: inner.size / 4, strides: inner.strides }];
  const real = all.filter(({ size }) => size > 1);
  return { axes: real.length > 0 ? real : all.slice(-1), splats };
}
