/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { adopt } from "./adopt.ts";
import { assign } from "./assign.ts";
import { draw } from "./draw.ts";
import { move } from "./move.ts";
import { nearer } from "./nearer.ts";
import { silhouette } from "./silhouette.ts";
import { sumLanes } from "./sum_lanes.ts";
import { sumTiles } from "./sum_tiles.ts";

export const clusterAdopt: Declared<typeof adopt> = /* @__PURE__ */ declared(adopt, () => ({
  place: required(number),
}));
export const clusterAssign: Declared<typeof assign> = /* @__PURE__ */ declared(assign, () => ({
  points: required(number),
}));
export const clusterDraw: Declared<typeof draw> = /* @__PURE__ */ declared(draw, () => ({
  count: required(number),
}));
export const clusterMove: Declared<typeof move> = /* @__PURE__ */ declared(move, () => ({
  clusters: required(number),
  keep: required(number),
  tol: required(number),
  wait: required(boolean),
}));
export const clusterNearer: Declared<typeof nearer> = /* @__PURE__ */ declared(nearer, () => ({
  points: required(number),
}));
export const clusterSilhouette: Declared<typeof silhouette> = /* @__PURE__ */ declared(
  silhouette,
  () => ({}),
);
export const clusterSumLanes: Declared<typeof sumLanes> = /* @__PURE__ */ declared(
  sumLanes,
  () => ({
    parts: required(number),
    points: required(number),
    squares: boolean,
  }),
);
export const clusterSumTiles: Declared<typeof sumTiles> = /* @__PURE__ */ declared(
  sumTiles,
  () => ({
    parts: required(number),
    points: required(number),
    squares: boolean,
  }),
);
