/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { contiguous as contiguousKernel, kinds as contiguousKinds } from "./contiguous.ts";
import { pad as padKernel, kinds as padKinds } from "./pad.ts";
import { place as placeKernel, kinds as placeKinds } from "./place.ts";
import { transpose as transposeKernel, kinds as transposeKinds } from "./transpose.ts";
import { triangle as triangleKernel, kinds as triangleKinds } from "./triangle.ts";
import { turn as turnKernel, kinds as turnKinds } from "./turn.ts";

export const contiguous: Declared<typeof contiguousKernel> = /* @__PURE__ */ declared(contiguousKernel, contiguousKinds);
export const pad: Declared<typeof padKernel> = /* @__PURE__ */ declared(padKernel, padKinds);
export const place: Declared<typeof placeKernel> = /* @__PURE__ */ declared(placeKernel, placeKinds);
export const transpose: Declared<typeof transposeKernel> = /* @__PURE__ */ declared(transposeKernel, transposeKinds);
export const triangle: Declared<typeof triangleKernel> = /* @__PURE__ */ declared(triangleKernel, triangleKinds);
export const turn: Declared<typeof turnKernel> = /* @__PURE__ */ declared(turnKernel, turnKinds);
