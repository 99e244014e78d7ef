import type { Tensor } from "./tensor.ts";

/** The role of a tensor in its module. */
export type Role = "parameter" | "buffer";

/** Makes a tensor a parameter or a buffer, whether it requires a gradient or not. Returns it. */
export function declare<T extends Tensor>(value: T, role: Role): T {
  value.role = role;
  return value;
}

/** The declared role of a tensor. An undeclared leaf becomes a parameter the first time it is seen to require a gradient. */
export function roleOf(value: Tensor): Role {
  if (!value.role && value.requiresGrad && !value.node) value.role = "parameter";
  return value.role ?? "buffer";
}

/** Whether a tensor is the result of an operation that no module declared: it does not belong to a module's state. */
export function isResult(value: Tensor): boolean {
  return value.node !== undefined && !value.role;
}
