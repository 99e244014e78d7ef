import { boolean, either, type Kind, type Kinds, list, number, required } from "../core/kinds.ts";
import { type CallSignature, options, signature } from "../core/signature.ts";
import { tensorKind, tensorList } from "../tensor/kinds.ts";

/** Signature of an optimiser's constructor: parameters or groups of them, and options, which a group may also have. */
export const optimizerSignature = <O extends object>(
  name: string,
  known: { readonly [Name in keyof O]-?: Kind },
): CallSignature =>
  signature(name, { parameters: parametersWith(known), options: options<O>(known) });

/** A list of parameters, without groups. */
export const parameterList = /* @__PURE__ */ given(/* @__PURE__ */ list(tensorKind));

/** Parameters, or groups of them with these options; `checkParameters` checks whether they can be trained. */
function parametersWith(known: Kinds): Kind {
  const group = options<Kinds>({ parameters: required(tensorList), ...known });
  return given(either(list(tensorKind), list(group)));
}

function given(kind: Kind): Kind {
  return { ...kind, expected: "an array of parameters", advice: "pass model.parameters()" };
}

/** Decay rates of two moments. */
export const betas: Kind = {
  expected: "two numbers [beta1, beta2]",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(number.accepts),
};

/** Options of every first-order optimiser. */
export const common = { lr: number, weightDecay: number, maximize: boolean };

/** Options of Adam's family; most of them also have `decoupledWeightDecay`. */
export const ofMoments = { ...common, betas, eps: number };

/** An object with parameter groups: an optimiser. */
export const optimizerKind: Kind = {
  expected: "an optimiser",
  advice: "make one of the model's parameters first, such as new Adam(model.parameters())",
  accepts: (value) =>
    typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups),
};

/** The clip that `clippedStep` and `GradScaler` pass to a step; no other object is accepted. */
export const clipKind: Kind = {
  expected: "nothing",
  advice: "use clippedStep(optimizer, maxNorm)",
  accepts: (value) => typeof value === "object" && value !== null && "measure" in value,
};
