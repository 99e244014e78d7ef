import type { Shape } from "../../core/shape.ts";
import { type NormGrouping, planesOf } from "./geometry.ts";
import { downChannels, walk } from "./walk.ts";

/**
 * Shape of the buffer `channels` into which norm/grad_input can write the sums of the channels of x, if it can: a channel
 * must be one element of each sample (layer and RMS norm), no row may lie along the batch, and the rows' own sums must not
 * be in pieces.
 */
export function channelSums(x: Shape, norm: NormGrouping, coarse?: boolean): Shape | undefined {
  const planes = planesOf("norm/grad_input", x, norm);
  if (planes.batch || planes.inner !== 1) return undefined;
  if (walk(planes, "rows", { perLane: "sums", coarse }).pieces > 1) return undefined;
  return [downChannels(planes, coarse).units, 2];
}
