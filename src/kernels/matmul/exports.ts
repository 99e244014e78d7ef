/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number } from "../../core/kinds.ts";
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

export const matmulNaive: Declared<typeof matmulNaiveKernel> = /* @__PURE__ */ declared(
  matmulNaiveKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
export const matmulRegisters: Declared<typeof matmulRegistersKernel> = /* @__PURE__ */ declared(
  matmulRegistersKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
export const matmulRegistersLarge: Declared<typeof matmulRegistersLargeKernel> =
  /* @__PURE__ */ declared(matmulRegistersLargeKernel, () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }));
export const matmulRegistersSquare: Declared<typeof matmulRegistersSquareKernel> =
  /* @__PURE__ */ declared(matmulRegistersSquareKernel, () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }));
export const matmulRegistersVector: Declared<typeof matmulRegistersVectorKernel> =
  /* @__PURE__ */ declared(matmulRegistersVectorKernel, () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }));
export const matmulRegistersWide: Declared<typeof matmulRegistersWideKernel> =
  /* @__PURE__ */ declared(matmulRegistersWideKernel, () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }));
export const matmulSumParts: Declared<typeof matmulSumPartsKernel> = /* @__PURE__ */ declared(
  matmulSumPartsKernel,
  () => ({
    act: act,
  }),
);
export const matmulTiled: Declared<typeof matmulTiledKernel> = /* @__PURE__ */ declared(
  matmulTiledKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
export const matmulTiledLarge: Declared<typeof matmulTiledLargeKernel> = /* @__PURE__ */ declared(
  matmulTiledLargeKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
export const matmulTiledSmall: Declared<typeof matmulTiledSmallKernel> = /* @__PURE__ */ declared(
  matmulTiledSmallKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
export const matmulVector: Declared<typeof matmulVectorKernel> = /* @__PURE__ */ declared(
  matmulVectorKernel,
  () => ({
    transposeA: boolean,
    transposeB: boolean,
    act: act,
    parts: number,
  }),
);
