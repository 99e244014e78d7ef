import type { Tensor } from "./tensor.ts";

/** What a tensor is to the module it belongs to. */
export type Role = "parameter" | "buffer";

const declared = /* @__PURE__ */ new WeakMap<Tensor, Role>();

/** Makes a tensor a parameter or a buffer, whether it requires a gradient or not. Returns it. */
export function declare<T extends Tensor>(value: T, role: Role): T {
  declared.set(value, role);
  return value;
}

/** What a tensor was declared to be. An undeclared leaf is a parameter from the first time it is seen to require a gradient. */
export function roleOf(value: Tensor): Role {
  const known = declared.get(value);
  if (known) return known;
  if (!value.requiresGrad || value.node) return "buffer";
  declared.set(value, "parameter");
  return "parameter";
}

/** Whether it is a result that an operation made and nobody declared: no part of a module's state. */
export function isResult(value: Tensor): boolean {
  return value.node !== undefined && !declared.has(value);
}
