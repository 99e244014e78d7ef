import type { Phase } from "../../scheduler/observe/place.ts";
import type { DispatchTime } from "./samples.ts";

/** An event of the trace event format: a track's name ("M"), or an interval ("X"). */
export interface TraceEvent {
  /** Name of the event: of a layer or kernel; "process_name" or "thread_name" for a track. */
  readonly name: string;
  /** Phase of the format: metadata, or complete event. */
  readonly ph: "M" | "X";
  /** Process of the format: 1 in all events. */
  readonly pid: number;
  /** Track: 1 forward, 2 backward, 3 optimizer; 0 for the process. */
  readonly tid: number;
  /** Kind of the event; undefined for names of tracks. */
  readonly cat?: "layer" | "kernel";
  /** Start in microseconds after the step's first dispatch. */
  readonly ts?: number;
  /** Duration in microseconds. */
  readonly dur?: number;
  /** For a track its name; for a kernel its layer, pipeline, operations, bytes and rates. */
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Content of a file for chrome://tracing and ui.perfetto.dev (Google, "Trace Event Format", JSON object form). */
export interface Trace {
  /** Names of the tracks, then layers and kernels in the order of the step. */
  readonly traceEvents: readonly TraceEvent[];
  /** The unit that viewers show. */
  readonly displayTimeUnit: "ms";
  /** Properties of the measurement: adapter, repetitions, resolution of the timestamps. */
  readonly otherData: Readonly<Record<string, string | number>>;
}

const PID = 1;
const tracks: Readonly<Record<Phase, number>> = { forward: 1, backward: 2, optimizer: 3 };

/** A layer that is running: the duration of its event is set when it ends. */
interface Open {
  readonly name: string;
  readonly event: { dur: number };
  readonly ts: number;
}

/**
 * A step as a trace: one track per phase, with nested layers and their kernels. Each dispatch starts at its mean start
 * time, or at the end of the previous dispatch: means of rounded times may overlap slightly.
 */
export function traceOf(
  title: string,
  dispatches: readonly DispatchTime[],
  otherData: Trace["otherData"],
): Trace {
  const events: TraceEvent[] = [named("process_name", 0, title)];
  for (const [phase, tid] of Object.entries(tracks)) events.push(named("thread_name", tid, phase));
  let open: Open[] = [];
  let phase: Phase | undefined;
  let now = 0;
  const close = (depth: number) => {
    for (const { event, ts } of open.slice(depth)) event.dur = now - ts;
    open = open.slice(0, depth);
  };
  for (const dispatch of dispatches) {
    const common = phase === dispatch.phase ? sharedDepth(open, dispatch.layer) : 0;
    close(common);
    phase = dispatch.phase;
    const tid = tracks[phase];
    const ts = Math.max(now, 1000 * dispatch.start);
    for (const name of dispatch.layer.slice(common)) {
      const event = { name, ph: "X", pid: PID, tid, cat: "layer", ts, dur: 0 } as const;
      events.push(event);
      open.push({ name, event, ts });
    }
    now = ts + 1000 * dispatch.milliseconds;
    events.push(kernelEvent(dispatch, tid, ts));
  }
  close(0);
  return { traceEvents: events, displayTimeUnit: "ms", otherData };
}

function kernelEvent(dispatch: DispatchTime, tid: number, ts: number): TraceEvent {
  const { kernel, pipeline, layer, milliseconds, flops, bytes } = dispatch;
  const rate = (amount: number) => (milliseconds > 0 ? amount / milliseconds / 1e6 : 0);
  const rates = { "GFLOP/s": rate(flops), "GB/s": rate(bytes) };
  return {
    ...{ name: kernel, ph: "X", pid: PID, tid, cat: "kernel", ts, dur: 1000 * milliseconds },
    args: { layer: layer.join("."), pipeline, flops, bytes, ...rates },
  };
}

function named(name: string, tid: number, value: string): TraceEvent {
  return { name, ph: "M", pid: PID, tid, args: { name: value } };
}

/** Number of open layers that the path begins with. */
function sharedDepth(open: readonly Open[], path: readonly string[]): number {
  const differs = open.findIndex(({ name }, i) => name !== path[i]);
  return differs < 0 ? open.length : differs;
}
