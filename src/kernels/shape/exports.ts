/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { number, numbers, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { flags, pads, sizes } from "../option_kinds.ts";
import { contiguous as contiguousKernel } from "./contiguous.ts";
import { pad as padKernel } from "./pad.ts";
import { place as placeKernel } from "./place.ts";
import { transpose as transposeKernel } from "./transpose.ts";
import { triangle as triangleKernel } from "./triangle.ts";
import { turn as turnKernel } from "./turn.ts";

export const contiguous: Declared<typeof contiguousKernel> = /* @__PURE__ */ declared(
  contiguousKernel,
  () => ({
    shape: required(sizes),
    strides: required(numbers),
    offset: required(number),
  }),
);
export const pad: Declared<typeof padKernel> = /* @__PURE__ */ declared(padKernel, () => ({
  pads: required(pads),
  value: number,
}));
export const place: Declared<typeof placeKernel> = /* @__PURE__ */ declared(placeKernel, () => ({
  shape: required(sizes),
  strides: required(numbers),
  offset: required(number),
}));
export const transpose: Declared<typeof transposeKernel> = /* @__PURE__ */ declared(
  transposeKernel,
  () => ({
    batch: required(number),
    rows: required(number),
    columns: required(number),
  }),
);
export const triangle: Declared<typeof triangleKernel> = /* @__PURE__ */ declared(
  triangleKernel,
  () => ({
    low: number,
    high: number,
  }),
);
export const turn: Declared<typeof turnKernel> = /* @__PURE__ */ declared(turnKernel, () => ({
  shifts: numbers,
  reversed: flags,
}));
