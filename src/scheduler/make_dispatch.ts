import type { Shape } from "../core/shape.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import { bytesMoved, type Plan } from "../kernels/kernel.ts";
import { type Dispatch, type KernelCall, type ParamValues, pointOf } from "./dispatch.ts";
import { currentPlace } from "./observe/place.ts";
import { fenceCount, takeUndos } from "./step/recording.ts";
import type { Storage } from "./storage.ts";

/** The parts of a dispatch; see `Engine.dispatch`. */
export interface DispatchInit {
  readonly pipeline: Pipeline;
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly bind: (name: string) => Storage;
  readonly refresh: (() => ParamValues) | undefined;
  readonly call: KernelCall | undefined;
}

/** The dispatch of a plan; undefined if its grid has no workgroup. */
export function dispatchOf(init: DispatchInit): Dispatch | undefined {
  const { pipeline, plan, inputs, bind, refresh, call } = init;
  const undos = takeUndos();
  const [x, y = 1, z = 1] = plan.grid;
  if (x * y * z === 0) return undefined;
  return {
    kind: "dispatch",
    pipeline,
    storages: pipeline.bindings.map(({ name }) => bind(name)),
    params: plan.params as ParamValues,
    refresh,
    call,
    grid: [x, y, z],
    flops: plan.flops,
    bytes: bytesMoved(inputs, plan, pipeline.bindings),
    place: currentPlace(),
    point: pointOf(pipeline, plan, inputs),
    section: plan.section,
    undos,
    fences: fenceCount(),
  };
}
