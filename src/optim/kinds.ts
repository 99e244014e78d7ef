import { boolean, either, type Kind, type Kinds, list, number, required } from "../core/kinds.ts";
import { options, type Signature, signature } from "../core/signature.ts";
import { tensorKind, tensorList } from "../tensor/kinds.ts";

/** What the constructor of an optimiser takes: parameters or groups of them, and options, which a group may have, too. */
export const optimizerSignature = <O extends object>(
  name: string,
  known: { readonly [Name in keyof O]-?: Kind },
): Signature => signature(name, { parameters: parametersWith(known), options: options<O>(known) });

/** Parameters alone. */
export const parameterList = /* @__PURE__ */ given(/* @__PURE__ */ list(tensorKind));

/** Parameters, or groups of them with these options. Whether they can be trained is for `checkParameters`. */
function parametersWith(known: Kinds): Kind {
  const group = options<Kinds>({ parameters: required(tensorList), ...known });
  return given(either(list(tensorKind), list(group)));
}

function given(kind: Kind): Kind {
  return { ...kind, expected: "an array of parameters", advice: "pass model.parameters()" };
}

/** Decays of two moments. */
export const betas: Kind = {
  expected: "two numbers [beta1, beta2]",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(number.accepts),
};

/** What every first-order optimiser takes. */
export const common = { lr: number, weightDecay: number, maximize: boolean };

/** What those of Adam's family take, most of them `decoupledWeightDecay`, too. */
export const ofMoments = { ...common, betas, eps: number };

/** Something with parameter groups: an optimiser. */
export const optimizerKind: Kind = {
  expected: "an optimiser",
  advice: "make one of the model's parameters first, such as new Adam(model.parameters())",
  accepts: (value) =>
    typeof value === "object" && value !== null && "groups" in value && Array.isArray(value.groups),
};

/** What `clippedStep` and `GradScaler` give a step; nothing else is. */
export const clipKind: Kind = {
  expected: "nothing",
  advice: "use clippedStep(optimizer, maxNorm)",
  accepts: (value) => typeof value === "object" && value !== null && "measure" in value,
};
