/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, oneOf } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { act } from "../option_kinds.ts";
import { matmulNaive as matmulNaiveKernel } from "./naive.ts";
import { matmulRegisters as matmulRegistersKernel } from "./registers.ts";
import { matmulRegisters8x8 as matmulRegisters8x8Kernel } from "./registers_8x8.ts";
import { matmulRegisters16x12 as matmulRegisters16x12Kernel } from "./registers_16x12.ts";
import { matmulRegisters16x16 as matmulRegisters16x16Kernel } from "./registers_16x16.ts";
import { matmulRegistersVector as matmulRegistersVectorKernel } from "./registers_vector.ts";
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
export const matmulRegisters8x8: Declared<typeof matmulRegisters8x8Kernel> =
  /* @__PURE__ */ declared(matmulRegisters8x8Kernel, () => productKinds);
export const matmulRegisters16x16: Declared<typeof matmulRegisters16x16Kernel> =
  /* @__PURE__ */ declared(matmulRegisters16x16Kernel, () => productKinds);
export const matmulRegistersVector: Declared<typeof matmulRegistersVectorKernel> =
  /* @__PURE__ */ declared(matmulRegistersVectorKernel, () => productKinds);
export const matmulRegisters16x12: Declared<typeof matmulRegisters16x12Kernel> =
  /* @__PURE__ */ declared(matmulRegisters16x12Kernel, () => productKinds);
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
