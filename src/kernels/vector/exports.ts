/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { axpy } from "./axpy.ts";
import { dot } from "./dot.ts";
import { gather } from "./gather.ts";
import { move } from "./move.ts";
import { rankTwo } from "./rank_two.ts";
import { total } from "./total.ts";

export const vectorAxpy: Declared<typeof axpy> = /* @__PURE__ */ declared(axpy, () => ({
  keep: number,
  factor: number,
  scaled: oneOf("keep", "factor"),
  at: number,
}));
export const vectorDot: Declared<typeof dot> = /* @__PURE__ */ declared(dot, () => ({}));
export const vectorGather: Declared<typeof gather> = /* @__PURE__ */ declared(gather, () => ({
  first: number,
}));
export const vectorMove: Declared<typeof move> = /* @__PURE__ */ declared(move, () => ({
  t: required(number),
  first: number,
}));
export const vectorRankTwo: Declared<typeof rankTwo> = /* @__PURE__ */ declared(rankTwo, () => ({
  fresh: boolean,
}));
export const vectorTotal: Declared<typeof total> = /* @__PURE__ */ declared(total, () => ({
  to: required(number),
  finish: oneOf("value", "step", "times", "inverse", "quotient", "rest", "share"),
  a: number,
  b: number,
}));
