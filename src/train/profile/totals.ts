import type { Phase } from "../../scheduler/observe/place.ts";
import type { DispatchTime, ProfileSamples } from "./samples.ts";

/** Peak rates of the adapter, from `measureRoofline` of wgrad/testing. */
export interface Peak {
  /** GB/s of a copy. */
  readonly bandwidth: number;
  /** GFLOP/s of multiply-adds. */
  readonly gflops: number;
}

/** Totals of dispatches with a common property. */
export interface Total {
  /** The common property: a kernel, a layer or a phase. */
  readonly name: string;
  /** Number of dispatches per step. */
  readonly calls: number;
  /** Time per step. */
  readonly milliseconds: number;
  /** Standard error of `milliseconds` over the repetitions; NaN after one. */
  readonly error: number;
  /** Fraction of the time of all dispatches, in 0..1. */
  readonly share: number;
  /** GFLOP/s; 0 if there are no operations, or the measured time is 0. */
  readonly gflops: number;
  /** GB/s of bytes that must move. */
  readonly bandwidth: number;
  /** Minimum time by the roofline divided by the measured time, and its bound; undefined without a measured peak. */
  readonly roofline: RooflineShare | undefined;
}

/** Fraction of the adapter's peak that was reached, in 0..1, and whether memory or arithmetic limits it. */
export interface RooflineShare {
  /** Minimum time by the roofline divided by the measured time. */
  readonly share: number;
  /** What limits most of that minimum time. */
  readonly bound: "memory" | "arithmetic";
}

/** A layer's dispatches, and their milliseconds by phase. */
export interface LayerTotal extends Total {
  /** Milliseconds per step, by phase. */
  readonly phases: Readonly<Record<Phase, number>>;
}

/** Sums dispatches by the name from `nameOf`, longest first. */
export function totalsBy(
  samples: ProfileSamples,
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

/** Sums dispatches by layer, longest first; those outside all layers have the name "". */
export function totalsByLayer(samples: ProfileSamples, peak?: Peak): LayerTotal[] {
  const nameOf = ({ layer }: DispatchTime) => layer.join(".");
  return totalsBy(samples, nameOf, peak).map((total) => {
    const phases = { forward: 0, backward: 0, optimizer: 0 };
    for (const dispatch of samples.dispatches) {
      if (nameOf(dispatch) === total.name) phases[dispatch.phase] += dispatch.milliseconds;
    }
    return { ...total, phases };
  });
}

/** Sums some dispatches, given by their indices in the step. */
export function totalOver(
  name: string,
  { dispatches, kept }: ProfileSamples,
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

/** The minimum time of each dispatch: the longer of the times for its bytes and for its operations (Williams et al., 2009). */
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
