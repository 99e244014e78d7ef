import type { Shape } from "../../core/shape.ts";
import { type Norm, type Planes, planesOf } from "./geometry.ts";
import { type Walk, walk } from "./walk.ts";

/** How norm/grad_input walks down the channels of planes of one element, to sum dz and dz·x̂ from what it reads for dx. */
export function downChannels(planes: Planes, software = false): Walk {
  const { outer } = planes;
  const perLane = software
    ? Math.max(128, Math.ceil(outer / 256)) // 256 pieces at most
    : Math.max(8, Math.ceil(outer / 2048)); // the same, by eight lanes
  return walk(planes, "channels", { perLane, software });
}

/**
 * Shape of the buffer `channels` that norm/grad_input fills with the sums of the channels of x, if it can: where a channel
 * is one element of each sample (layer and RMS norm), no row of them, and the rows' own sums are not in pieces.
 */
export function channelSums(x: Shape, norm: Norm, software?: boolean): Shape | undefined {
  const planes = planesOf("norm/grad_input", x, norm);
  if (planes.batch || planes.inner !== 1) return undefined;
  if (walk(planes, "rows", { perLane: "sums", software }).pieces > 1) return undefined;
  return [downChannels(planes, software).units, 2];
}
