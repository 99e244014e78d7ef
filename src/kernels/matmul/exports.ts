/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, oneOf } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { act } from "../option_kinds.ts";
import { matmulNaive as matmulNaiveKernel } from "./naive.ts";
import { matmulRegisters as matmulRegistersKernel } from "./registers.ts";
import { matmulRegistersLarge as matmulRegistersLargeKernel } from "./registers_large.ts";
import { matmulRegistersSquare as matmulRegistersSquareKernel } from "./registers_square.ts";
import { matmulRegistersVector as matmulRegistersVectorKernel } from "./registers_vector.ts";
import { matmulRegistersWide as matmulRegistersWideKernel } from "./registers_wide.ts";
import { matmulSumParts as matmulSumPartsKernel } from "./sum_parts.ts";
import { matmulTiled as matmulTiledKernel } from "./tiled.ts";
import { matmulTiledLarge as matmulTiledLargeKernel } from "./tiled_large.ts";
import { matmulTiledSmall as matmulTiledSmallKernel } from "./tiled_small.ts";
import { matmulVector as matmulVectorKernel } from "./vector.ts";

const channel = /* @__PURE__ */ oneOf("row", "column");
const productKinds = { transposeA: boolean, transposeB: boolean, act, channel, parts: number };

export const matmulNaive: Declared<typeof matmulNaiveKernel> = /* @__PURE__ */ declared(
  matmulNaiveKernel,
  () => productKinds,
);
export const matmulRegisters: Declared<typeof matmulRegistersKernel> = /* @__PURE__ */ declared(
  matmulRegistersKernel,
  () => productKinds,
);
export const matmulRegistersLarge: Declared<typeof matmulRegistersLargeKernel> =
  /* @__PURE__ */ declared(matmulRegistersLargeKernel, () => productKinds);
export const matmulRegistersSquare: Declared<typeof matmulRegistersSquareKernel> =
  /* @__PURE__ */ declared(matmulRegistersSquareKernel, () => productKinds);
export const matmulRegistersVector: Declared<typeof matmulRegistersVectorKernel> =
  /* @__PURE__ */ declared(matmulRegistersVectorKernel, () => productKinds);
export const matmulRegistersWide: Declared<typeof matmulRegistersWideKernel> =
  /* @__PURE__ */ declared(matmulRegistersWideKernel, () => productKinds);
export const matmulSumParts: Declared<typeof matmulSumPartsKernel> = /* @__PURE__ */ declared(
  matmulSumPartsKernel,
  () => ({ act, channel }),
);
export const matmulTiled: Declared<typeof matmulTiledKernel> = /* @__PURE__ */ declared(
  matmulTiledKernel,
  () => productKinds,
);
export const matmulTiledLarge: Declared<typeof matmulTiledLargeKernel> = /* @__PURE__ */ declared(
  matmulTiledLargeKernel,
  () => productKinds,
);
export const matmulTiledSmall: Declared<typeof matmulTiledSmallKernel> = /* @__PURE__ */ declared(
  matmulTiledSmallKernel,
  () => productKinds,
);
export const matmulVector: Declared<typeof matmulVectorKernel> = /* @__PURE__ */ declared(
  matmulVectorKernel,
  () => productKinds,
);
