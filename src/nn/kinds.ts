import { count, type Kind, list } from "../core/kinds.ts";
import type { AnyModule } from "./module/module.ts";

/** One value of a kind for both axes, or a pair of values. */
const both = (of: Kind): Kind => ({
  expected: `${of.expected}, or a pair [height, width] of them`,
  accepts: (value) =>
    of.accepts(value) || (Array.isArray(value) && value.length === 2 && value.every(of.accepts)),
});

/** An integer ≥ 0. */
export const whole: Kind = {
  expected: "an integer ≥ 0",
  accepts: (value) => Number.isInteger(value) && (value as number) >= 0,
};

/** Sizes, strides and dilations of windows. */
export const sizes = /* @__PURE__ */ both(count);
/** Paddings of a plane, equal on both sides of an axis. */
export const paddings = /* @__PURE__ */ both(whole);

export const probability: Kind = {
  expected: "a probability in [0, 1]",
  accepts: (value) => typeof value === "number" && value >= 0 && value <= 1,
};

/** The size of the last axis, or the sizes of the last axes. */
export const normalized: Kind = {
  expected: "an integer ≥ 1 or a shape such as [2, 3]",
  accepts: (value) =>
    count.accepts(value) ||
    (Array.isArray(value) && value.length > 0 && value.every(count.accepts)),
};

/** An output size of adaptive pooling; null keeps the axis's size. */
export const adaptiveLength: Kind = {
  expected: "an integer ≥ 1 or null",
  accepts: (value) => value === null || count.accepts(value),
};
export const adaptiveSizes = /* @__PURE__ */ both(adaptiveLength);

/** A layer or a model. */
export const moduleKind: Kind = {
  expected: "a module",
  advice: "make one, such as new nn.Linear(3, 2), and spread arrays of them: ...layers",
  accepts: (value) =>
    typeof value === "object" && value !== null && "namedModules" in value && "forward" in value,
};
export const moduleList = /* @__PURE__ */ list(moduleKind);

/** Modules by name. */
export const modulesByName: Kind = {
  expected: "an object with modules as values",
  accepts: (value): value is Readonly<Record<string, AnyModule>> =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !("namedModules" in value) &&
    Object.values(value).every(moduleKind.accepts),
};
