import type { Shape } from "../../core/shape.ts";
import { sizeClasses } from "../variants.ts";
import { type Conv2dKernelOptions, type Geometry, outputShape } from "./geometry.ts";

/** Shapes and options of a convolution. */
export interface ConvLayer {
  readonly x: Shape;
  readonly weight: Shape;
  readonly dy: Shape;
  readonly window: Conv2dKernelOptions;
}

/** Shapes and options of a convolution with this geometry. */
export function layerOf(g: Geometry): ConvLayer {
  const { batch, groups, inC, outC, input, kernel, stride, dilation, padding } = g;
  const sides = (axis: 0 | 1) => {
    const [before, reach] = [padding[axis], dilation[axis] * (kernel[axis] - 1) + 1];
    const used = (g.output[axis] - 1) * stride[axis] + reach;
    return [before, Math.max(used - input[axis] - before, 0)] as const;
  };
  return {
    x: [batch, groups * inC, ...input],
    weight: [groups * outC, inC, ...kernel],
    dy: outputShape(g),
    window: { stride, dilation, groups, padding: [sides(0), sides(1)] },
  };
}

/**
 * A key such as "n8i16o32h32w32/k3x3s1x1d1x1", with "g16" appended for groups: batch size, channels per group, output size,
 * kernel.
 */
export function layerClass({ batch, groups, inC, outC, output, kernel, ...g }: Geometry): string {
  const [h, w] = output;
  const sizes = sizeClasses({ n: batch, i: inC, o: outC, h, w });
  const window = `k${kernel.join("x")}s${g.stride.join("x")}d${g.dilation.join("x")}`;
  return `${sizes}/${window}${groups === 1 ? "" : sizeClasses({ g: groups })}`;
}
