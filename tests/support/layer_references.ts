/** A layer's input or output on the host. */
export interface Host {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Parameters and buffers of a layer by their names. */
export type State = Readonly<Record<string, Host>>;

/** A layer's formula in float64. */
export type LayerReference = (x: Host, state: State) => Host;

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const at = ({ data }: Host, i: number) => data[i] as number;

/** y[i] = f(x[i], channel of i). */
export const each =
  (f: (x: number, channel: number, state: State) => number): LayerReference =>
  (x, state) => {
    const [, c = 1, ...plane] = x.shape;
    const cells = sizeOf(plane);
    return {
      shape: x.shape,
      data: Array.from(x.data, (value, i) => f(value, Math.floor(i / cells) % c, state)),
    };
  };

/** y[i] = x[from(index of i)], or 0 where `from` is undefined; indices refer to `shape` and to x's shape. */
export function picked(
  x: Host,
  shape: readonly number[],
  from: (index: readonly number[]) => readonly number[] | undefined,
): Host {
  const data = Array.from({ length: sizeOf(shape) }, (_, i) => {
    let rest = i;
    const index = shape
      .toReversed()
      .map((n) => {
        const k = rest % n;
        rest = Math.floor(rest / n);
        return k;
      })
      .reverse();
    const source = from(index);
    return source
      ? at(
          x,
          source.reduce((flat, k, axis) => flat * (x.shape[axis] as number) + k, 0),
        )
      : 0;
  });
  return { shape, data };
}

/** Applies a function to each window [from, to) of a plane's axes; elements outside the plane are left out. */
export function windowed(
  x: Host,
  [outH, outW]: readonly [number, number],
  range: (out: number, axis: 0 | 1) => readonly [from: number, to: number, step?: number],
  f: (cells: readonly number[]) => number,
): Host {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const data: number[] = [];
  for (let p = 0; p < n * c; p++) {
    for (let i = 0; i < outH; i++) {
      for (let j = 0; j < outW; j++) {
        const cells: number[] = [];
        const [r0, r1, rs = 1] = range(i, 0);
        const [c0, c1, cs = 1] = range(j, 1);
        for (let r = r0; r < r1; r += rs) {
          for (let k = c0; k < c1; k += cs) {
            if (r >= 0 && r < h && k >= 0 && k < w) cells.push(at(x, (p * h + r) * w + k));
          }
        }
        data.push(f(cells));
      }
    }
  }
  return { shape: [n, c, outH, outW], data };
}

export interface ConvShape {
  readonly stride?: number;
  readonly padding?: number;
  readonly groups?: number;
}

/** y[n, o, i, j] = bias[o] + Σ x[n, c, i·s + r − p, j·s + k − p] · w[o, c, r, k]; padding of rows 0 where x has one. */
export function conv(x: Host, w: Host, bias: Host | undefined, options: ConvShape = {}): Host {
  const { stride = 1, padding = 0, groups = 1 } = options;
  const [n = 1, inC = 1, h = 1, wide = 1] = x.shape;
  const [outC = 1, perGroup = 1, kh = 1, kw = 1] = w.shape;
  const pads = [kh === 1 && h === 1 ? 0 : padding, padding] as const;
  const out = (size: number, k: number, pad: number) =>
    Math.floor((size + 2 * pad - k) / stride) + 1;
  const [oh, ow] = [out(h, kh, pads[0]), out(wide, kw, pads[1])];
  const shape = [n, outC, oh, ow];
  const data: number[] = [];
  for (let i = 0; i < n * outC * oh * ow; i++) {
    const [b, o] = [Math.floor(i / (outC * oh * ow)), Math.floor(i / (oh * ow)) % outC];
    const [row, column] = [Math.floor(i / ow) % oh, i % ow];
    const first = Math.floor(o / (outC / groups)) * perGroup;
    let total = bias ? at(bias, o) : 0;
    for (let c = 0; c < perGroup; c++) {
      for (let r = 0; r < kh; r++) {
        for (let k = 0; k < kw; k++) {
          const [y, z] = [row * stride + r - pads[0], column * stride + k - pads[1]];
          if (y < 0 || y >= h || z < 0 || z >= wide) continue;
          const value = at(x, ((b * inC + first + c) * h + y) * wide + z);
          total += value * at(w, ((o * perGroup + c) * kh + r) * kw + k);
        }
      }
    }
    data.push(total);
  }
  return { shape, data };
}

/** The transpose of a convolution of one group: every x spreads over a window of y. w is [inC, outC, kH, kW]. */
export function convTransposed(
  x: Host,
  w: Host,
  bias: Host | undefined,
  { stride = 1, padding = 0 }: ConvShape = {},
): Host {
  const [n = 1, inC = 1, h = 1, wide = 1] = x.shape;
  const [, outC = 1, kh = 1, kw = 1] = w.shape;
  const pads = [kh === 1 ? 0 : padding, padding] as const;
  const [oh, ow] = [(h - 1) * stride - 2 * pads[0] + kh, (wide - 1) * stride - 2 * pads[1] + kw];
  const data = Array.from({ length: n * outC * oh * ow }, (_, i) =>
    bias ? at(bias, Math.floor(i / (oh * ow)) % outC) : 0,
  );
  for (let i = 0; i < n * inC * h * wide; i++) {
    const [b, c] = [Math.floor(i / (inC * h * wide)), Math.floor(i / (h * wide)) % inC];
    const [row, column] = [Math.floor(i / wide) % h, i % wide];
    for (let o = 0; o < outC * kh * kw; o++) {
      const [y, z] = [
        row * stride + (Math.floor(o / kw) % kh) - pads[0],
        column * stride + (o % kw) - pads[1],
      ];
      if (y < 0 || y >= oh || z < 0 || z >= ow) continue;
      const to = ((b * outC + Math.floor(o / (kh * kw))) * oh + y) * ow + z;
      data[to] = (data[to] as number) + at(x, i) * at(w, c * outC * kh * kw + o);
    }
  }
  return { shape: [n, outC, oh, ow], data };
}

/** y = x · wᵀ + b over the last axis. */
export function linear(x: Host, w: Host, bias: Host | undefined): Host {
  const [out = 1, inputs = 1] = w.shape;
  const rows = x.data.length / inputs;
  const data = Array.from({ length: rows * out }, (_, i) => {
    const [row, o] = [Math.floor(i / out), i % out];
    const products = Array.from({ length: inputs }, (_, k) => {
      return at(x, row * inputs + k) * at(w, o * inputs + k);
    });
    return sum(products) + (bias ? at(bias, o) : 0);
  });
  return { shape: [...x.shape.slice(0, -1), out], data };
}

/** (x − mean) / √(var + eps) · γ + β within groups of elements; with `rms` the mean is not subtracted. */
export function normalized(
  x: Host,
  groupOf: (i: number) => number,
  affine: { readonly of: (i: number) => number; readonly gamma?: Host; readonly beta?: Host },
  { eps = 1e-5, rms = false }: { readonly eps?: number; readonly rms?: boolean } = {},
): Host {
  const groups = new Map<number, number[]>();
  Array.from(x.data).forEach((value, i) => {
    const group = groups.get(groupOf(i)) ?? [];
    group.push(value);
    groups.set(groupOf(i), group);
  });
  const moments = new Map(
    [...groups].map(([key, values]) => {
      const mean = rms ? 0 : sum(values) / values.length;
      const variance = sum(values.map((v) => (v - mean) ** 2)) / values.length;
      return [key, { mean, scale: 1 / Math.sqrt(variance + eps) }] as const;
    }),
  );
  const { of, gamma, beta } = affine;
  const data = Array.from(x.data, (value, i) => {
    const { mean = 0, scale = 1 } = moments.get(groupOf(i)) ?? {};
    return (value - mean) * scale * (gamma ? at(gamma, of(i)) : 1) + (beta ? at(beta, of(i)) : 0);
  });
  return { shape: x.shape, data };
}

/** The channel of element i of x [N, C, ...]. */
export const channelOf = ({ shape: [, c = 1, ...plane] }: Host) => {
  const cells = sizeOf(plane);
  return (i: number) => Math.floor(i / cells) % c;
};

/** softmax over the last axis, or its logarithm. */
export function softmaxed(x: Host, log = false): Host {
  const n = x.shape.at(-1) ?? 1;
  const data = Array.from(x.data, (value, i) => {
    const row = Array.from(x.data).slice(i - (i % n), i - (i % n) + n);
    const total = sum(row.map(Math.exp));
    return log ? value - Math.log(total) : Math.exp(value) / total;
  });
  return { shape: x.shape, data };
}
