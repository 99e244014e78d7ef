import { boolean, either, integer, type Kind, number, oneOf } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";

export const indicesKind: Kind = {
  expected: "a Uint32Array of indices",
  advice: "make one with Uint32Array.of(…) or Uint32Array.from(…)",
  accepts: (value) => isA(value, "Uint32Array"),
};

/** An array or a typed array: labels. */
export const numbersKind: Kind = {
  expected: "an array of numbers or a typed array",
  accepts: (value) =>
    Array.isArray(value)
      ? value.every((each) => typeof each === "number")
      : ArrayBuffer.isView(value) && !isA(value, "DataView"),
};

/** Options of the order of mini-batches. */
export const batchOptions = {
  batchSize: /* @__PURE__ */ either(number, /* @__PURE__ */ oneOf("full")),
  shuffle: boolean,
  seed: integer,
  dropLast: boolean,
};
