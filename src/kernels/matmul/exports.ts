/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { matmulNaive as matmulNaiveKernel, kinds as matmulNaiveKinds } from "./naive.ts";
import { matmulRegisters as matmulRegistersKernel, kinds as matmulRegistersKinds } from "./registers.ts";
import { matmulRegisters16x12 as matmulRegisters16x12Kernel, kinds as matmulRegisters16x12Kinds } from "./registers_16x12.ts";
import { matmulRegisters16x16 as matmulRegisters16x16Kernel, kinds as matmulRegisters16x16Kinds } from "./registers_16x16.ts";
import { matmulRegisters8x8 as matmulRegisters8x8Kernel, kinds as matmulRegisters8x8Kinds } from "./registers_8x8.ts";
import { matmulRegistersVector as matmulRegistersVectorKernel, kinds as matmulRegistersVectorKinds } from "./registers_vector.ts";
import { matmulSumParts as matmulSumPartsKernel, kinds as matmulSumPartsKinds } from "./sum_parts.ts";
import { matmulTiled as matmulTiledKernel, kinds as matmulTiledKinds } from "./tiled.ts";
import { matmulTiledLarge as matmulTiledLargeKernel, kinds as matmulTiledLargeKinds } from "./tiled_large.ts";
import { matmulVector as matmulVectorKernel, kinds as matmulVectorKinds } from "./vector.ts";

export const matmulNaive: Declared<typeof matmulNaiveKernel> = /* @__PURE__ */ declared(matmulNaiveKernel, matmulNaiveKinds);
export const matmulRegisters: Declared<typeof matmulRegistersKernel> = /* @__PURE__ */ declared(matmulRegistersKernel, matmulRegistersKinds);
export const matmulRegisters16x12: Declared<typeof matmulRegisters16x12Kernel> = /* @__PURE__ */ declared(matmulRegisters16x12Kernel, matmulRegisters16x12Kinds);
export const matmulRegisters16x16: Declared<typeof matmulRegisters16x16Kernel> = /* @__PURE__ */ declared(matmulRegisters16x16Kernel, matmulRegisters16x16Kinds);
export const matmulRegisters8x8: Declared<typeof matmulRegisters8x8Kernel> = /* @__PURE__ */ declared(matmulRegisters8x8Kernel, matmulRegisters8x8Kinds);
export const matmulRegistersVector: Declared<typeof matmulRegistersVectorKernel> = /* @__PURE__ */ declared(matmulRegistersVectorKernel, matmulRegistersVectorKinds);
export const matmulSumParts: Declared<typeof matmulSumPartsKernel> = /* @__PURE__ */ declared(matmulSumPartsKernel, matmulSumPartsKinds);
export const matmulTiled: Declared<typeof matmulTiledKernel> = /* @__PURE__ */ declared(matmulTiledKernel, matmulTiledKinds);
export const matmulTiledLarge: Declared<typeof matmulTiledLargeKernel> = /* @__PURE__ */ declared(matmulTiledLargeKernel, matmulTiledLargeKinds);
export const matmulVector: Declared<typeof matmulVectorKernel> = /* @__PURE__ */ declared(matmulVectorKernel, matmulVectorKinds);
