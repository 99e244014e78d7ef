import { ValueError } from "../core/errors.ts";
import { describe } from "../core/signature.ts";
import { Storage } from "./storage.ts";

/*
 * What the engine's methods are given is mostly the library's own: a comparison each is all that it may cost.
 */

/** Throws `ValueError` in the name of a method of the engine. */
export function refuse(method: string, expected: string, got: unknown): never {
  throw new ValueError(
    `Engine.${method}: expected ${expected}, got ${describe(got)}; tensors and kernels have them, see wgrad/kernels`,
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
