import { size } from "../../core/shape.ts";
import { type TransposedOptions, transposed } from "../../kernels/conv2d/transposed.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { convTranspose2d } from "./conv_transpose.ts";

/** y[n, o, iy·s − p + ky·d, …] += x[n, c, iy, ix] · weight[c, o, ky, kx], as a direct scatter loop. */
export function scatter(
  x: HostTensor,
  weight: HostTensor,
  bias: HostTensor | undefined,
  options: TransposedOptions,
): Float64Array {
  const t = transposed("case", x.shape, weight.shape, bias?.shape, options);
  const { stride, padding, dilation, groups } = t.window;
  const [n = 1, inC = 1, h = 1, w = 1] = x.shape;
  const [, perGroup = 1, kh = 1, kw = 1] = weight.shape;
  const [oh, ow] = t.output;
  const y = new Float64Array(n * t.channels * oh * ow);
  for (let i = 0; i < y.length; i++) {
    y[i] = bias?.data[Math.floor(i / (oh * ow)) % t.channels] ?? 0;
  }
  for (let i = 0; i < size(x.shape); i++) {
    const [ix, iy, c] = [i % w, Math.floor(i / w) % h, Math.floor(i / (w * h)) % inC];
    const image = Math.floor(i / (w * h * inC));
    const group = Math.floor(c / (inC / groups));
    for (let tap = 0; tap < perGroup * kh * kw; tap++) {
      const oy = iy * stride[0] - padding[0] + (Math.floor(tap / kw) % kh) * dilation[0];
      const ox = ix * stride[1] - padding[1] + (tap % kw) * dilation[1];
      if (oy < 0 || oy >= oh || ox < 0 || ox >= ow) continue;
      const o = group * perGroup + Math.floor(tap / (kh * kw));
      const at = ((image * t.channels + o) * oh + oy) * ow + ox;
      const factor = weight.data[c * perGroup * kh * kw + tap] as number;
      y[at] = (y[at] as number) + (x.data[i] as number) * factor;
    }
  }
  return y;
}

function about(
  name: string,
  x: readonly number[],
  weight: readonly number[],
  { bias = 0, ...options }: TransposedOptions & { readonly bias?: number } = {},
): OpCase {
  const shapes = [x, weight, ...(bias ? [[bias]] : [])];
  const t = transposed("case", x, weight, bias ? [bias] : undefined, options);
  return {
    name,
    inputs: shapes.map((shape) => ({ shape })),
    run: (image, kernel, offset) => convTranspose2d(image, kernel, { ...options, bias: offset }),
    reference: (image, kernel, offset) => scatter(image, kernel, offset, options),
    shape: [x[0] ?? 1, t.channels, ...t.output],
    tolerance: { length: 64 },
  };
}

export const cases: OpCases = {
  convTranspose2d: [
    about("one pixel gives the weight", [1, 1, 1, 1], [1, 1, 3, 3]),
    about("3×3, bias", [2, 3, 4, 5], [3, 2, 3, 3], { bias: 2 }),
    about("doubles the size", [2, 3, 4, 4], [3, 4, 2, 2], { stride: 2, bias: 4 }),
    about("stride 2, padding, output padding", [1, 4, 3, 5], [4, 3, 3, 3], {
      ...{ stride: 2, padding: 1, outputPadding: 1 },
    }),
    about("asymmetric everything", [2, 3, 4, 3], [3, 2, 2, 3], {
      ...{ stride: [3, 2], padding: [1, 2], outputPadding: [2, 0], dilation: [1, 3] },
      bias: 2,
    }),
    about("output padding beyond the stride, within the dilation", [1, 2, 3, 3], [2, 3, 2, 2], {
      ...{ stride: [2, 1], dilation: [4, 3], outputPadding: [3, 2], padding: 2 },
    }),
    about("groups", [1, 4, 3, 4], [4, 3, 3, 3], { groups: 2, stride: 2, bias: 6 }),
    about("depthwise", [2, 3, 4, 4], [3, 1, 3, 3], { groups: 3, stride: 2, padding: 1 }),
    about("9 channels, 8 columns", [1, 9, 2, 8], [9, 9, 2, 2], { padding: 1 }),
    {
      ...about("safety: NaN reaches only its window", [1, 1, 4, 4], [1, 2, 2, 2], { stride: 2 }),
      inputs: [
        { shape: [1, 1, 4, 4], fill: (i) => (i === 5 ? NaN : i - 7), grad: false },
        { shape: [1, 2, 2, 2], grad: false },
      ],
    },
  ],
};
