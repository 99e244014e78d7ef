import type { Phase } from "../../scheduler/observe/place.ts";
import type { DispatchTime } from "./samples.ts";

/** A box of a flame chart: a phase, a layer, a layer within it, or a kernel. */
export interface FlameNode {
  /** Label of the box: "forward", "layer1", "conv2d/forward" … */
  readonly name: string;
  /** What the box stands for. */
  readonly kind: "phase" | "layer" | "kernel";
  /** The part of the step that it belongs to. */
  readonly phase: Phase;
  /** Time including everything below it. */
  readonly milliseconds: number;
  /** Number of dispatches per step. */
  readonly calls: number;
  /** Floating-point operations, including everything below it. */
  readonly flops: number;
  /** Bytes that must move, including everything below it. */
  readonly bytes: number;
  /** In the order in which they first run. */
  readonly children: readonly FlameNode[];
}

/** One tree for each phase, in the order of the step: layers, nested layers, and their kernels. */
export function flameOf(dispatches: readonly DispatchTime[]): FlameNode[] {
  return grouped(dispatches, ({ phase }) => phase).map(([phase, members]) =>
    nodeOf(phase, "phase", members, 0),
  );
}

function nodeOf(
  name: string,
  kind: FlameNode["kind"],
  dispatches: readonly DispatchTime[],
  depth: number,
): FlameNode {
  const sum = (of: (dispatch: DispatchTime) => number) => dispatches.reduce((s, d) => s + of(d), 0);
  return {
    name,
    kind,
    phase: dispatches[0]?.phase ?? "forward",
    milliseconds: sum(({ milliseconds }) => milliseconds),
    calls: dispatches.length,
    flops: sum(({ flops }) => flops),
    bytes: sum(({ bytes }) => bytes),
    children: kind === "kernel" ? [] : childrenOf(dispatches, depth),
  };
}

/** Layers and kernels below the first `depth` names of the path. A layer may have the same name as a kernel. */
function childrenOf(dispatches: readonly DispatchTime[], depth: number): FlameNode[] {
  const isLayer = ({ layer }: DispatchTime) => layer.length > depth;
  const nameOf = (dispatch: DispatchTime) =>
    isLayer(dispatch) ? `l${dispatch.layer[depth]}` : `k${dispatch.kernel}`;
  return grouped(dispatches, nameOf).map(([name, members]) =>
    nodeOf(name.slice(1), name.startsWith("l") ? "layer" : "kernel", members, depth + 1),
  );
}

function grouped(
  dispatches: readonly DispatchTime[],
  nameOf: (dispatch: DispatchTime) => string,
): [name: string, members: DispatchTime[]][] {
  const groups = new Map<string, DispatchTime[]>();
  for (const dispatch of dispatches) {
    const members = groups.get(nameOf(dispatch)) ?? [];
    members.push(dispatch);
    groups.set(nameOf(dispatch), members);
  }
  return [...groups];
}
