import { ShapeError, ValueError } from "../core/errors.ts";
import { type Shape, show, size } from "../core/shape.ts";
import { describe } from "../core/signature.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Plan } from "../kernels/kernel.ts";
import { activeRecording } from "./step/recording.ts";
import { Storage } from "./storage.ts";

/* These methods are called mostly by the library itself, so each check may cost no more than a comparison. */

/** Throws `ValueError` in the name of a method of the engine. */
export function refuse(method: string, expected: string, got: unknown): never {
  throw new ValueError(
    `Engine.${method}: expected ${expected}, got ${describe(got)}; see wgrad/kernels`,
  );
}

export function checkStorage(method: string, storage: unknown): void {
  if (!(storage instanceof Storage)) refuse(method, "a tensor's storage", storage);
}

export function checkStorages(method: string, storages: readonly unknown[]): void {
  if (!Array.isArray(storages)) refuse(method, "arrays of tensors' storages", storages);
  for (const storage of storages) checkStorage(method, storage);
}

export function checkData(method: string, data: unknown): void {
  if (!ArrayBuffer.isView(data)) refuse(method, "a typed array", data);
}

export function checkShape(method: string, shape: unknown): void {
  if (!Array.isArray(shape)) refuse(method, "a shape such as [2, 3]", shape);
}

/** Bytes of a shape; throws `ShapeError` if the caller's buffer is smaller. */
export function checkBuffer(method: string, buffer: GPUBuffer, shape: Shape): number {
  checkShape(method, shape);
  if (typeof buffer?.size !== "number") refuse(method, "a GPUBuffer", buffer);
  const bytes = 4 * size(shape);
  if (buffer.size >= bytes) return bytes;
  throw new ShapeError(
    `fromBuffer: expected a buffer of at least ${bytes} bytes for ${show(shape)}, got ${buffer.size}; ` +
      "pass the shape it holds",
  );
}

/** Throws `ValueError` if the arguments are not a dispatch, or need more than `limit` workgroups along a dimension. */
export function checkDispatch(pipeline: Pipeline, plan: Plan, bind: unknown, limit: number): void {
  if (!pipeline?.bindings) refuse("dispatch", "a kernel's pipeline", pipeline);
  if (!plan?.grid) refuse("dispatch", "a kernel's plan", plan);
  if (typeof bind !== "function") refuse("dispatch", "a function that finds storages", bind);
  if (plan.grid.every((groups = 1) => groups <= limit)) return;
  throw new ValueError(
    `${pipeline.shader.path}: expected at most ${limit} workgroups a dimension, got [${plan.grid.join(", ")}]; split the batch`,
  );
}

/** Throws `ValueError` while a step is being captured: its storages cannot move. */
export function checkMove(storage: unknown, arena: unknown): void {
  checkStorages("moveInto", [storage, arena]);
  if (!activeRecording()) return;
  throw new ValueError("capture: expected no new optimiser, got one; create it before capturing");
}
