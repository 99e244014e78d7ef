import { size } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { type Geometry, outputShape } from "./geometry.ts";

/**
 * Calls `visit` with flat indices into y, x and weight for every product that a convolution sums: y[n, o, oy, ox] += x[n,
 * c, oy·stride + ky·dilation − padding, …] · weight[o, c, ky, kx].
 */
export function eachProduct(
  { batch, groups, inC, outC, input, output, kernel, stride, dilation, padding }: Geometry,
  visit: (y: number, x: number, weight: number) => void,
): void {
  const [[h, w], [oh, ow], [kh, kw]] = [input, output, kernel];
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < groups * outC; o++) {
      for (let c = 0; c < inC; c++) {
        const plane = (n * groups + Math.floor(o / outC)) * inC + c;
        for (let oy = 0; oy < oh; oy++) {
          for (let ky = 0; ky < kh; ky++) {
            const iy = oy * stride[0] + ky * dilation[0] - padding[0];
            if (iy < 0 || iy >= h) continue;
            for (let ox = 0; ox < ow; ox++) {
              for (let kx = 0; kx < kw; kx++) {
                const ix = ox * stride[1] + kx * dilation[1] - padding[1];
                if (ix < 0 || ix >= w) continue;
                const tap = ((o * inC + c) * kh + ky) * kw + kx;
                visit(
                  ((n * groups * outC + o) * oh + oy) * ow + ox,
                  (plane * h + iy) * w + ix,
                  tap,
                );
              }
            }
          }
        }
      }
    }
  }
}

/** y = x * weight in float64, without bias. */
export function convolve(g: Geometry, x: HostTensor, weight: HostTensor): Float64Array {
  const y = new Float64Array(size(outputShape(g)));
  eachProduct(g, (i, at, tap) => {
    y[i] = (y[i] as number) + (x.data[at] as number) * (weight.data[tap] as number);
  });
  return y;
}

/** dx[c] = Σ dy · weight over every output that read x there. */
export function convolveGradInput(g: Geometry, dy: HostTensor, weight: HostTensor): Float64Array {
  const dx = new Float64Array(g.batch * g.groups * g.inC * g.input[0] * g.input[1]);
  eachProduct(g, (i, at, tap) => {
    dx[at] = (dx[at] as number) + (dy.data[i] as number) * (weight.data[tap] as number);
  });
  return dx;
}

/** dweight = Σ dy · x over every output and image. */
export function convolveGradWeight(g: Geometry, dy: HostTensor, x: HostTensor): Float64Array {
  const dweight = new Float64Array(g.groups * g.outC * g.inC * g.kernel[0] * g.kernel[1]);
  eachProduct(g, (i, at, tap) => {
    dweight[tap] = (dweight[tap] as number) + (dy.data[i] as number) * (x.data[at] as number);
  });
  return dweight;
}
