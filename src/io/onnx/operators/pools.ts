import { abs, div } from "../../../ops/elementwise/elementwise.ts";
import { cast } from "../../../ops/elementwise/precision.ts";
import { lpPool2d } from "../../../ops/pool/adaptive_pool.ts";
import { avgPool2d, globalAvgPool2d, maxPool2d } from "../../../ops/pool/pool.ts";
import { max, mean } from "../../../ops/reduce/reduce.ts";
import { full } from "../../../ops/shape/create.ts";
import { reshape } from "../../../ops/shape/reshape.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  floatsOnly,
  intOf,
  intsOf,
  type NodeCall,
  type Operator,
  only,
  outputs,
  ranks,
  refusals,
} from "../operator.ts";
import { lpNorm } from "./reductions.ts";
import { asPlane, lineShape, padded, planeShape, windowsOf } from "./windows.ts";

type Planar = ReturnType<typeof asPlane> & { readonly ceilMode: boolean };
type PadsByAxis = readonly (readonly [number, number])[];

const usual = refusals(
  ranks(0, 3, 4),
  only("auto_pad", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"),
);

/** Pools lines as images of one row, with explicit cells of `edge` if the padding exceeds what the kernels support. */
function pooled(
  call: NodeCall,
  edge: number | undefined,
  pool: (x: Tensor, options: Planar) => Tensor,
): Tensor {
  const x = call.tensor(0);
  const windows = windowsOf(call, x.shape, intsOf(call, "kernel_shape") ?? []);
  const outside = edge !== undefined && tooWide(windows.pads, windows.kernel);
  const wide = outside ? padded(x, windows.pads, edge) : x;
  const plane = asPlane(
    outside ? { ...windows, pads: windows.pads.map(() => [0, 0] as const) } : windows,
  );
  const ceilMode = intOf(call, "ceil_mode", 0) === 1;
  const y = pool(reshape(wide, planeShape(wide.shape)), { ...plane, ceilMode });
  return reshape(y, lineShape(y.shape, x.shape));
}

const tooWide = (pads: PadsByAxis, kernel: readonly number[]): boolean =>
  pads.some(([before, after], axis) => 2 * Math.max(before, after) > (kernel[axis] ?? 0));

const maxPool: Operator = {
  refuse: refusals(usual, outputs(1, "the places of the maxima")),
  run: (call) =>
    pooled(call, -Infinity, (x, options) => {
      if (x.dtype === "f32" || x.dtype === "f16") return maxPool2d(x, options);
      return cast(maxPool2d(cast(x, "f32"), options), x.dtype);
    }),
};

const averagePool: Operator = {
  refuse: refusals(usual, floatsOnly, (node) =>
    node.attributes.get("dilations")?.ints.some((n) => n !== 1) ? "it has dilations" : undefined,
  ),
  run: (call) => {
    const countIncludePad = intOf(call, "count_include_pad", 0) === 1;
    const { shape } = call;
    const windows = windowsOf(call, shape(0), intsOf(call, "kernel_shape") ?? []);
    const few = !countIncludePad && tooWide(windows.pads, windows.kernel);
    const averaged =
      (divisorOverride?: number) =>
      (x: Tensor, { dilation: _, ...options }: Planar) =>
        avgPool2d(x, { ...options, countIncludePad, divisorOverride });
    if (!few) return pooled(call, countIncludePad ? 0 : undefined, averaged());
    // mean = sum over the padded image / number of the image's cells in each window
    const one = full(shape(0), 1);
    const cells = pooled({ ...call, tensor: () => one }, 0, averaged(1));
    return div(pooled(call, 0, averaged(1)), cells);
  },
};

/** (Σ |x|ᵖ)^(1/p) over every window. */
const lpPool: Operator = {
  refuse: refusals(usual, floatsOnly, (node) =>
    node.attributes.get("dilations")?.ints.some((n) => n !== 1) ? "it has dilations" : undefined,
  ),
  run: (call) => {
    const x = call.tensor(0);
    const windows = windowsOf(call, x.shape, intsOf(call, "kernel_shape") ?? []);
    const wide = padded(abs(x), windows.pads, 0);
    const { kernelSize, stride } = asPlane(windows);
    const ceilMode = intOf(call, "ceil_mode", 0) === 1;
    const options = { kernelSize, stride, ceilMode, normType: intOf(call, "p", 2) };
    const y = lpPool2d(reshape(wide, planeShape(wide.shape)), options);
    return reshape(y, lineShape(y.shape, x.shape));
  },
};

/** All spatial axes of x [N, C, ...]. */
const spatial = (x: Tensor) => ({ axes: x.shape.map((_, axis) => axis).slice(2), keepDims: true });

/** Pooling, by ONNX's names. */
export const pools: Readonly<Record<string, Operator>> = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  LpPool: lpPool,
  GlobalAveragePool: {
    run: ({ tensor }) => {
      const x = tensor(0);
      return x.shape.length === 4 ? globalAvgPool2d(x) : mean(x, spatial(x));
    },
  },
  GlobalMaxPool: { run: ({ tensor }) => max(tensor(0), spatial(tensor(0))) },
  GlobalLpPool: {
    run: (call) => lpNorm(call.tensor(0), intOf(call, "p", 2), spatial(call.tensor(0))),
  },
};
