import type { Tensor } from "./tensor.ts";

/** What a tensor is to the module it belongs to. */
export type Role = "parameter" | "buffer";

/** Makes a tensor a parameter or a buffer, whether it requires a gradient or not. Returns it. */
export function declare<T extends Tensor>(value: T, role: Role): T {
  value.role = role;
  return value;
}

/** What a tensor was declared to be. An undeclared leaf is a parameter from the first time it is seen to require a gradient. */
export function roleOf(value: Tensor): Role {
  if (!value.role && value.requiresGrad && !value.node) value.role = "parameter";
  return value.role ?? "buffer";
}

/** Whether it is a result that an operation made and no module declared: no part of a module's state. */
export function isResult(value: Tensor): boolean {
  return value.node !== undefined && !value.role;
}
