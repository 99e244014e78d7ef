import type { Phase } from "../../scheduler/observe/place.ts";
import type { DispatchTime, Samples } from "./samples.ts";

/** What the adapter reaches at best, as `measureRoofline` of wgrad/testing gives it. */
export interface Peak {
  /** GB/s of a copy. */
  readonly bandwidth: number;
  /** GFLOP/s of multiply-adds. */
  readonly gflops: number;
}

/** Dispatches of a step that have something in common. */
export interface Total {
  /** What they have in common: a kernel, a layer or a phase. */
  readonly name: string;
  /** Dispatches a step. */
  readonly calls: number;
  /** A step. */
  readonly milliseconds: number;
  /** Standard error of `milliseconds` over the repetitions; NaN after one. */
  readonly error: number;
  /** Of all dispatches' time, in 0..1. */
  readonly share: number;
  /** GFLOP/s; 0 where nothing is computed, or where no time was seen. */
  readonly gflops: number;
  /** GB/s of bytes that must move. */
  readonly bandwidth: number;
  /** The time it needs at best over the time it took, and what that time is bound by; undefined without a measured peak. */
  readonly roofline: RooflineShare | undefined;
}

/** How much of what the adapter can do was reached, in 0..1, and what bounds it: memory or arithmetic. */
export interface RooflineShare {
  /** The time it needs at best over the time it took. */
  readonly share: number;
  /** What most of that time is bound by. */
  readonly bound: "memory" | "arithmetic";
}

/** A layer's dispatches, and their milliseconds by phase. */
export interface LayerTotal extends Total {
  /** Milliseconds of a step by phase. */
  readonly phases: Readonly<Record<Phase, number>>;
}

/** Sums the dispatches by the name that `nameOf` gives them, longest first. */
export function totalsBy(
  samples: Samples,
  nameOf: (dispatch: DispatchTime) => string,
  peak?: Peak,
): Total[] {
  const members = new Map<string, number[]>();
  samples.dispatches.forEach((dispatch, i) => {
    const name = nameOf(dispatch);
    members.set(name, [...(members.get(name) ?? []), i]);
  });
  return [...members]
    .map(([name, indices]) => totalOver(name, samples, indices, peak))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

/** Sums the dispatches by layer, longest first; those outside of all layers have the name "". */
export function totalsByLayer(samples: Samples, peak?: Peak): LayerTotal[] {
  const nameOf = ({ layer }: DispatchTime) => layer.join(".");
  return totalsBy(samples, nameOf, peak).map((total) => {
    const phases = { forward: 0, backward: 0, optimizer: 0 };
    for (const dispatch of samples.dispatches) {
      if (nameOf(dispatch) === total.name) phases[dispatch.phase] += dispatch.milliseconds;
    }
    return { ...total, phases };
  });
}

/** Sums some dispatches, given by their places in the step. */
export function totalOver(
  name: string,
  { dispatches, kept }: Samples,
  indices: readonly number[],
  peak?: Peak,
): Total {
  const mine = indices.map((i) => dispatches[i] as DispatchTime);
  const sum = (of: (dispatch: DispatchTime) => number) => mine.reduce((s, d) => s + of(d), 0);
  const milliseconds = sum((dispatch) => dispatch.milliseconds);
  const all = dispatches.reduce((s, dispatch) => s + dispatch.milliseconds, 0);
  const rate = (amount: number) => (milliseconds > 0 ? amount / milliseconds / 1e6 : 0);
  const sums = kept.map((run) => indices.reduce((s, i) => s + (run[i]?.milliseconds ?? 0), 0));
  return {
    name,
    calls: indices.length,
    milliseconds,
    error: standardError(sums),
    share: all > 0 ? milliseconds / all : 0,
    gflops: rate(sum(({ flops }) => flops)),
    bandwidth: rate(sum(({ bytes }) => bytes)),
    roofline: peak && milliseconds > 0 ? rooflineShare(mine, milliseconds, peak) : undefined,
  };
}

/** Of each dispatch the time its bytes or its operations need at best, whichever is longer (Williams et al., 2009). */
function rooflineShare(
  dispatches: readonly DispatchTime[],
  milliseconds: number,
  peak: Peak,
): RooflineShare {
  let [memory, arithmetic] = [0, 0];
  for (const { bytes, flops } of dispatches) {
    const [moving, computing] = [bytes / peak.bandwidth / 1e6, flops / peak.gflops / 1e6];
    if (moving >= computing) memory += moving;
    else arithmetic += computing;
  }
  const bound = memory >= arithmetic ? "memory" : "arithmetic";
  return { share: (memory + arithmetic) / milliseconds, bound };
}

/** s/√n with the unbiased variance s²; NaN for fewer than two values. */
function standardError(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}
