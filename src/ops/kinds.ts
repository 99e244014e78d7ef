import { anything, either, type Kind, number, pair } from "../core/kinds.ts";
import { checkOptions } from "../core/signature.ts";
import {
  type Activation,
  type ActivationOptions,
  parametersOf,
} from "../kernels/elementwise/activation_options.ts";

/** Whether a value is the name of an activation. */
const isActivation = (value: unknown): value is Activation =>
  typeof value === "string" && parametersOf(value) !== undefined;

/** An activation with its parameters: `{ act: "elu", alpha: 0.5 }`. */
export const actOptions: Kind = {
  expected: 'an activation such as { act: "relu" }',
  accepts: (value) =>
    typeof value === "object" && value !== null && "act" in value && isActivation(value.act),
  check: (value, who) => {
    const names = parametersOf((value as ActivationOptions).act) ?? [];
    checkOptions(who, value as object, {
      act: anything,
      ...Object.fromEntries(names.map((name) => [name, number])),
    });
  },
};

/** An activation by its name. */
export const activationName: Kind = {
  expected: 'the name of an activation such as "relu"',
  accepts: isActivation,
};

/** An activation by its name, or with parameters. */
export const act = /* @__PURE__ */ either(activationName, actOptions);

const isTwo = (value: unknown): boolean => Array.isArray(value) && value.length === 2;

/** Padding of two spatial axes. */
export const padding: Kind = {
  expected: 'a number, [height, width], [[top, bottom], [left, right]] or "same"',
  accepts: (value) =>
    value === "same" ||
    pair.accepts(value) ||
    (isTwo(value) && (value as unknown[]).every((each) => isTwo(each) && pair.accepts(each))),
};

/** Padding of one spatial axis. */
export const linePadding: Kind = {
  expected: 'a number, [before, after] or "same"',
  accepts: (value) => value === "same" || pair.accepts(value),
};

const isLength = (value: unknown): boolean => value === null || number.accepts(value);

/** Output length of adaptive pooling; null keeps the axis's length. */
export const adaptiveLength: Kind = { expected: "a number or null", accepts: isLength };

/** Output lengths of adaptive pooling along two axes. */
export const adaptiveSize: Kind = {
  expected: "a number, null or a pair of them",
  accepts: (value) => isLength(value) || (isTwo(value) && (value as unknown[]).every(isLength)),
};
