/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { clusterAdopt as clusterAdoptKernel, kinds as clusterAdoptKinds } from "./adopt.ts";
import { clusterAssign as clusterAssignKernel, kinds as clusterAssignKinds } from "./assign.ts";
import { clusterDraw as clusterDrawKernel, kinds as clusterDrawKinds } from "./draw.ts";
import { clusterMove as clusterMoveKernel, kinds as clusterMoveKinds } from "./move.ts";
import { clusterNearer as clusterNearerKernel, kinds as clusterNearerKinds } from "./nearer.ts";
import { clusterSilhouette as clusterSilhouetteKernel } from "./silhouette.ts";
import { clusterSumLanes as clusterSumLanesKernel, kinds as clusterSumLanesKinds } from "./sum_lanes.ts";
import { clusterSumTiles as clusterSumTilesKernel, kinds as clusterSumTilesKinds } from "./sum_tiles.ts";

export const clusterAdopt: Declared<typeof clusterAdoptKernel> = /* @__PURE__ */ declared(clusterAdoptKernel, clusterAdoptKinds);
export const clusterAssign: Declared<typeof clusterAssignKernel> = /* @__PURE__ */ declared(clusterAssignKernel, clusterAssignKinds);
export const clusterDraw: Declared<typeof clusterDrawKernel> = /* @__PURE__ */ declared(clusterDrawKernel, clusterDrawKinds);
export const clusterMove: Declared<typeof clusterMoveKernel> = /* @__PURE__ */ declared(clusterMoveKernel, clusterMoveKinds);
export const clusterNearer: Declared<typeof clusterNearerKernel> = /* @__PURE__ */ declared(clusterNearerKernel, clusterNearerKinds);
export const clusterSilhouette: Declared<typeof clusterSilhouetteKernel> = /* @__PURE__ */ declared(clusterSilhouetteKernel, () => ({}));
export const clusterSumLanes: Declared<typeof clusterSumLanesKernel> = /* @__PURE__ */ declared(clusterSumLanesKernel, clusterSumLanesKinds);
export const clusterSumTiles: Declared<typeof clusterSumTilesKernel> = /* @__PURE__ */ declared(clusterSumTilesKernel, clusterSumTilesKinds);
