import { ShapeError } from "../../core/errors.ts";
import { count } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshape } from "./reshape.ts";
import { permute } from "./shape.ts";

/**
 * Interleaves the channels of x [N, C, ...]: the first channel of each of `groups` groups, then the second of each … (Zhang
 * et al. 2017, torch.nn.functional.channel_shuffle). Throws `ShapeError` unless x has at least three axes and `groups`
 * divides C.
 */
export const channelShuffle = /* @__PURE__ */ checked(
  "channelShuffle",
  { x: tensorKind, groups: count },
  (x: Tensor, groups: number): Tensor => {
    const [n = 0, c = 0, ...plane] = x.shape;
    if (x.shape.length < 3 || c % groups !== 0) {
      throw new ShapeError(
        `channelShuffle: expected x [N, C, ...] with C a multiple of ${groups}, got ${show(x.shape, "x")}; ` +
          "choose groups that divide the channels",
      );
    }
    using parts = reshape(x, [n, groups, c / groups, size(plane)]);
    using dealt = permute(parts, [0, 2, 1, 3]);
    return reshape(dealt, x.shape);
  },
);
