import { callback, either, type Kind, number, oneOf, record, signalKind } from "../core/kinds.ts";
import { checkArguments, options, signature } from "../core/signature.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import type { FitControl } from "./fit_options.ts";
import type { FitWeights } from "./sample_weight.ts";

const isList = (value: unknown): boolean =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);

/** X of estimators. `readMatrix` checks whether the rows have the same length and hold finite numbers. */
export const samples: Kind = {
  expected: "rows of numbers, { data, shape } or a tensor",
  advice: "await a Promise; numbers in one array are { data, shape: [samples, features] }",
  accepts: (value) => isTensor(value) || Array.isArray(value) || isMatrix(value),
  check: checkTensor,
};

const like = (of: Kind, expected: string): Kind => ({ ...of, expected });

/** X that may have strings, booleans and missing values; `readTable` checks it. */
export const table = /* @__PURE__ */ like(samples, "rows of cells, { data, shape } or a tensor");

/** y of regressors. `readTargets` checks whether there is a number for every sample. */
export const targets: Kind = {
  expected: "an array of numbers or a tensor",
  accepts: (value) => isTensor(value) || isList(value) || isMatrix(value),
  check: checkTensor,
};

/** y of classifiers. `readLabels` checks whether there is a label for every sample. */
export const labels = /* @__PURE__ */ like(
  targets,
  "an array of labels (strings, booleans or whole numbers) or a tensor",
);

/** Labels on the host, one per sample. */
export const labelValues: Kind = {
  expected: "an array of labels (strings, booleans or whole numbers)",
  accepts: isList,
};

/** One label. */
export const label: Kind = {
  expected: "a label (a string, true or false, or a whole number)",
  accepts: (value) =>
    typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value),
};

/** Options of every long `fit`. */
export const fitKinds: { readonly [Name in keyof FitControl]-?: Kind } = {
  signal: signalKind,
  onProgress: callback,
};

/** Options of every short `fit`. */
export type SignalOption = Pick<FitControl, "signal">;
export const stopKind = /* @__PURE__ */ options<SignalOption>({ signal: signalKind });

/** Options of a `fit` with sample weights. */
export const weightKinds: { readonly [Name in keyof FitWeights]-?: Kind } = {
  sampleWeight: targets,
  signal: signalKind,
};

/** Throws unless a tensor can be used. */
function checkTensor(value: unknown, who: string, name: string): void {
  if (isTensor(value)) tensorKind.check?.(value, who, name);
}

function isMatrix(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    "shape" in value &&
    isList(value.data) &&
    Array.isArray(value.shape) &&
    value.shape.every(Number.isInteger)
  );
}

/** `classWeightsOf` checks whether the labels are those of y. */
export const classWeight = /* @__PURE__ */ either(/* @__PURE__ */ oneOf("balanced"), record);

/** One of some strings; one of them is the default. */
export const choice = (...names: readonly string[]): Kind => ({
  ...oneOf(...names),
  advice: "take one of these, or leave it out",
});

/** A number, or one of some strings. */
export const numberOr = (...names: readonly string[]): Kind => either(number, oneOf(...names));

/** Checks the arguments of a method that takes only X, or X and y. */
export function checkData(name: string, args: ArrayLike<unknown>, y?: Kind): void {
  checkArguments(signature(name, { X: samples, ...(y && { y }) }), args);
}

/**
 * Checks the arguments of an estimator's `fit(X, y, { sampleWeight, signal, onProgress })`, or of another method with the
 * same ones; y of a classifier has the kind `labels`.
 */
export function checkFit(name: string, args: ArrayLike<unknown>, y: Kind = targets): void {
  const given = options<FitWeights & FitControl>({ ...fitKinds, sampleWeight: targets });
  checkArguments(signature(`${name}.fit`, { X: samples, y, options: given }), args);
}
