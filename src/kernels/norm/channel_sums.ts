import type { Shape } from "../../core/shape.ts";
import { type Norm, planesOf } from "./geometry.ts";
import { downChannels, walk } from "./walk.ts";

/**
 * Shape of the buffer `channels` that norm/grad_input fills with the sums of the channels of x, if it can: where a channel
 * is one element of each sample (layer and RMS norm), no row of them, and the rows' own sums are not in pieces.
 */
export function channelSums(x: Shape, norm: Norm, coarse?: boolean): Shape | undefined {
  const planes = planesOf("norm/grad_input", x, norm);
  if (planes.batch || planes.inner !== 1) return undefined;
  if (walk(planes, "rows", { perLane: "sums", coarse }).pieces > 1) return undefined;
  return [downChannels(planes, coarse).units, 2];
}
