import { type Kind, list, record, required } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { AdapterName } from "../../gpu/adapter.ts";
import type { AnyModule } from "../../nn/module/module.ts";
import type { KernelTime } from "../../scheduler/observe/timer.ts";
import { modelKind } from "../kinds.ts";
import { type FlameNode, flameOf } from "./flame.ts";
import { type DispatchTime, samplesOf, totalOf } from "./samples.ts";
import { describeProfile, tableOf } from "./table.ts";
import {
  type LayerTotal,
  type Peak,
  type Total,
  totalOver,
  totalsBy,
  totalsByLayer,
} from "./totals.ts";
import { type Trace, traceOf } from "./trace.ts";

/** Times of whole steps by the clock, without timestamps. */
export interface ClockTime {
  /** Median per step. */
  readonly milliseconds: number;
  /** Lower and upper quartile. */
  readonly low: number;
  /** Upper quartile. */
  readonly high: number;
  /** Number of timed steps. */
  readonly steps: number;
}

/** Parts of a profile besides the times of its dispatches. */
export interface ProfileParts {
  /** `engine.gpu.adapter` */
  readonly adapter: AdapterName;
  /** Names layers that the step calls directly. Default: modules whose forward is called are named by themselves. */
  readonly model?: AnyModule | undefined;
  /** Peak rates of this adapter, from `measureRoofline`. */
  readonly roofline?: Peak | undefined;
  /** Times of whole steps by the clock. Default none. */
  readonly clock?: ClockTime | undefined;
}

const timeKind: Kind = {
  expected: "the time of a dispatch",
  advice: "pass results of timeKernels()",
  accepts: (value) => record.accepts(value) && "milliseconds" in (value as object),
};

/** Where the time of a step is spent, as plain data and in several presentations. Times are in milliseconds. */
export class Profile {
  static readonly signature = /* @__PURE__ */ signature("Profile", {
    runs: list(list(timeKind)),
    parts: options<ProfileParts>({
      adapter: required(record),
      model: modelKind,
      roofline: record,
      clock: record,
    }),
  });

  /** The adapter that ran the step. Times of a software adapter are times of a CPU. */
  readonly adapter: AdapterName;
  /** "timestamps" around every dispatch, or only the "clock" around whole steps. */
  readonly by: "timestamps" | "clock";
  /** Times of whole steps by the clock; undefined if they were not measured. */
  readonly clock: ClockTime | undefined;
  /** Number of timed repetitions of the same step. */
  readonly repetitions: number;
  /** Number of repetitions that are averaged: the middle half, or all of a short step. */
  readonly kept: number;
  /** Resolution of the timestamps (about 0.1 in browsers); 0 if it is finer than the times. */
  readonly tick: number;
  /** Time of all dispatches of a step together. */
  readonly milliseconds: number;
  /** Standard error of `milliseconds` over the repetitions; NaN after one. */
  readonly error: number;
  /** Time from the start of the first dispatch to the end of the last, minus the dispatches. */
  readonly gaps: number;
  /** Floating-point operations of a step. */
  readonly flops: number;
  /** Bytes that must move in a step. */
  readonly bytes: number;
  /** Dispatches in the order of the step. */
  readonly dispatches: readonly DispatchTime[];
  /** Totals by kernel, longest first. */
  readonly kernels: readonly Total[];
  /**
   * Totals by layer, longest first. Time in nested layers counts for those only; "" stands for dispatches outside all
   * layers.
   */
  readonly layers: readonly LayerTotal[];
  /** Totals of forward, backward and optimizer; longest first. */
  readonly phases: readonly Total[];

  /** From repetitions of a step, as returned by `timeKernels`; an empty list if the adapter has no timestamps. */
  constructor(runs: readonly (readonly KernelTime[])[], parts: ProfileParts) {
    checkArguments(Profile.signature, arguments);
    const samples = samplesOf(runs, parts.model);
    const { dispatches, kept, repetitions, tick } = samples;
    const everything = dispatches.map((_, i) => i);
    const all = totalOver("all", samples, everything, parts.roofline);
    this.adapter = parts.adapter;
    this.by = runs.length > 0 ? "timestamps" : "clock";
    this.clock = parts.clock;
    this.repetitions = repetitions;
    this.kept = kept.length;
    this.tick = tick;
    this.milliseconds = all.milliseconds;
    this.error = all.error;
    this.gaps = kept.reduce((sum, run) => sum + spanOf(run) - totalOf(run), 0) / (kept.length || 1);
    this.flops = dispatches.reduce((sum, { flops }) => sum + flops, 0);
    this.bytes = dispatches.reduce((sum, { bytes }) => sum + bytes, 0);
    this.dispatches = dispatches;
    this.kernels = totalsBy(samples, ({ kernel }) => kernel, parts.roofline);
    this.layers = totalsByLayer(samples, parts.roofline);
    this.phases = totalsBy(samples, ({ phase }) => phase, parts.roofline);
  }

  /** Describes the measurement and its reliability in a few sentences. */
  describe(): string[] {
    return describeProfile(this);
  }

  /** Text for the console: phases, kernels and layers in columns, longest first. */
  table(): string {
    return tableOf(this);
  }

  /** Data for a flame chart: a tree for each phase, of layers and their kernels. */
  flame(): FlameNode[] {
    return flameOf(this.dispatches);
  }

  /** Data for chrome://tracing and ui.perfetto.dev: save `JSON.stringify(profile.trace())` as a file. */
  trace(): Trace {
    const { adapter, by, repetitions, kept, tick } = this;
    const software = adapter.software ? "yes: times of a CPU, not of a GPU" : "no";
    return traceOf(`One step on ${adapter.name}`, this.dispatches, {
      ...{ adapter: adapter.name, software, by, repetitions, kept },
      "tick in ms": tick,
    });
  }
}

/** Time from the first start to the last end. */
function spanOf(run: readonly KernelTime[]): number {
  const [starts, ends] = [
    run.map(({ start }) => start),
    run.map(({ start, milliseconds }) => start + milliseconds),
  ];
  return run.length > 0 ? Math.max(...ends) - Math.min(...starts) : 0;
}
