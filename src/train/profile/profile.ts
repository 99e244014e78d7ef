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

/** Whole steps by the clock, without timestamps. */
export interface ClockTime {
  /** Median, a step. */
  readonly milliseconds: number;
  /** Lower and upper quartile. */
  readonly low: number;
  /** Upper quartile of the same. */
  readonly high: number;
  /** Steps timed. */
  readonly steps: number;
}

/** What a profile is made from beside the times of its dispatches. */
export interface ProfileParts {
  /** `engine.gpu.adapter` */
  readonly adapter: AdapterName;
  /** Names layers that the step calls one by one. Default: the modules whose forward is called, by themselves. */
  readonly model?: AnyModule | undefined;
  /** Of this adapter, as `measureRoofline` measures it. */
  readonly roofline?: Peak | undefined;
  /** Whole steps by the clock. Default none. */
  readonly clock?: ClockTime | undefined;
}

const timeKind: Kind = {
  expected: "the time of a dispatch",
  advice: "pass results of timeKernels()",
  accepts: (value) => record.accepts(value) && "milliseconds" in (value as object),
};

/** Where the time of a step goes, as plain data and in forms to look at. Times are in milliseconds. */
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

  /** Who computed. The times of a software adapter are those of a CPU. */
  readonly adapter: AdapterName;
  /** The adapter's timestamps around every dispatch, or only the clock around whole steps. */
  readonly by: "timestamps" | "clock";
  /** Whole steps by the clock; undefined where none were timed. */
  readonly clock: ClockTime | undefined;
  /** Timed repetitions of the same step, and how many of them are averaged: the middle half, or all of a short step. */
  readonly repetitions: number;
  /** Repetitions that are averaged. */
  readonly kept: number;
  /** What all timestamps are multiples of (about 0.1 in browsers); 0 where they are finer than the times. */
  readonly tick: number;
  /** All dispatches of a step together, and the standard error of that over the repetitions (NaN after one). */
  readonly milliseconds: number;
  /** Standard error of `milliseconds`. */
  readonly error: number;
  /** From the first dispatch's begin to the last one's end, without the dispatches. */
  readonly gaps: number;
  /** Floating-point operations of a step. */
  readonly flops: number;
  /** Bytes that must move in a step. */
  readonly bytes: number;
  /** In the order of the step. */
  readonly dispatches: readonly DispatchTime[];
  /** By kernel, longest first. */
  readonly kernels: readonly Total[];
  /** By layer, longest first. What a layer's own layers do counts for them alone; "" is what is in no layer. */
  readonly layers: readonly LayerTotal[];
  /** forward, backward, optimizer; longest first. */
  readonly phases: readonly Total[];

  /** From repetitions of a step as `timeKernels` times them; none where the adapter has no timestamps. */
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

  /** What was measured, how, and what it is worth: a sentence or two for each. */
  describe(): string[] {
    return describeProfile(this);
  }

  /** Text for a console: phases, kernels and layers in columns, longest first. */
  table(): string {
    return tableOf(this);
  }

  /** For a flame chart: a tree for each phase, of layers and their kernels. */
  flame(): FlameNode[] {
    return flameOf(this.dispatches);
  }

  /** For chrome://tracing and ui.perfetto.dev, once it is a file: `JSON.stringify(profile.trace())`. */
  trace(): Trace {
    const { adapter, by, repetitions, kept, tick } = this;
    const software = adapter.software ? "yes: times of a CPU, not of a GPU" : "no";
    return traceOf(`One step on ${adapter.name}`, this.dispatches, {
      ...{ adapter: adapter.name, software, by, repetitions, kept },
      "tick in ms": tick,
    });
  }
}

/** First begin to last end. */
function spanOf(run: readonly KernelTime[]): number {
  const [starts, ends] = [
    run.map(({ start }) => start),
    run.map(({ start, milliseconds }) => start + milliseconds),
  ];
  return run.length > 0 ? Math.max(...ends) - Math.min(...starts) : 0;
}
