import { seeded } from "../../src/core/rng.ts";
import { type Shape, size } from "../../src/core/shape.ts";
import { tensor } from "../../src/tensor/create.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { compare } from "../../src/testing/compare.ts";
import { upstreamFor } from "../../src/testing/gradcheck.ts";

/** An operation under test: tensors in, one tensor out. */
type Operation = (...inputs: Tensor[]) => Tensor;

/** Values of a tensor, f32. */
interface Values {
  readonly shape: Shape;
  readonly data: Float32Array<ArrayBuffer>;
}

/** Seeded values between `low` and `high`, no two alike by less than the step of the differences. */
export function values(shape: Shape, low = -2, high = 2, seed = 3): Values {
  const n = size(shape);
  const random = seeded(seed);
  const order = Array.from({ length: n }, (_, i) => i).sort(() => random() - 0.5);
  const data = Float32Array.from(order, (rank) => low + ((high - low) * (rank + 0.3)) / n);
  return { shape, data };
}

const make = ({ shape, data }: Values) => tensor(data, { shape, requiresGrad: true });

/**
 * Compares the gradients `backward()` gives with central differences of the operation on the GPU, for a non-uniform
 * upstream gradient. Both sides are f32: this proves the wiring, the kernels are proved against float64 elsewhere.
 * Returns one report per wrong gradient.
 */
export async function opGradDefects(
  operation: Operation,
  inputs: readonly Values[],
  { step = 2 ** -7, tolerance = 2e-3 } = {},
): Promise<string[]> {
  const leaves = inputs.map(make);
  const y = operation(...leaves);
  const upstream = upstreamFor(y.size);
  y.backward(tensor(Float32Array.from(upstream), { shape: y.shape }));
  const weigh = async (at: Values[]) => {
    const out = scope(() => operation(...at.map(make)));
    const data = (await out.read()) as Float32Array;
    out.dispose();
    return data.reduce((sum: number, v: number, i: number) => sum + v * (upstream[i] as number), 0);
  };
  const reports = inputs.map(async ({ shape, data }, which) => {
    const nudge = async (i: number, by: number) => {
      const moved = data.slice();
      moved[i] = (moved[i] as number) + by;
      return weigh(inputs.map((v, k) => (k === which ? { shape, data: moved } : v)));
    };
    const numerical = await Promise.all(
      Array.from(
        data,
        async (_, i) => ((await nudge(i, step)) - (await nudge(i, -step))) / (2 * step),
      ),
    );
    const grad = leaves[which]?.grad;
    if (!grad) return `d${which}: no gradient arrived`;
    const got = await grad.read();
    const scale = Math.max(1, ...numerical.map(Math.abs));
    return compare(`d${which}`, got, numerical, shape, { atol: tolerance * scale, rtol: tolerance })
      .report;
  });
  return (await Promise.all(reports)).filter((report) => report !== "");
}
