import { concat, noGrad, scope, sum, type Tensor, tensor } from "wgrad";

/** Elementwise losses: [n] → [n]. */
export type LossOf = (x: Tensor) => Tensor;

/** A loss and its derivative at each x. */
export interface Measured {
  readonly values: readonly number[];
  readonly gradients: readonly number[];
}

/** Values and gradients of losses at the same x, all in one readback. */
export async function measured<Name extends string>(
  places: readonly number[],
  losses: Readonly<Record<Name, LossOf>>,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(losses) as Name[];
  using rows = scope(() => {
    const parts = names.map((name) => valueAndGradient(places, losses[name]));
    const joined = concat(parts.flat());
    for (const [, gradient] of parts) gradient?.dispose(); // the gradient of a leaf is not freed by the scope
    return joined;
  });
  const data = Array.from(await rows.read());
  const n = places.length;
  const part = (i: number) => data.slice(i * n, (i + 1) * n);
  const found = {} as Record<Name, Measured>;
  names.forEach((name, i) => {
    found[name] = { values: part(2 * i), gradients: part(2 * i + 1) };
  });
  return found;
}

function valueAndGradient(places: readonly number[], loss: LossOf): Tensor[] {
  const x = tensor([...places], { requiresGrad: true, name: "places" });
  const values = loss(x);
  sum(values).backward(); // each element has its own gradient
  const gradients = x.grad;
  if (!gradients) throw new Error("expected a loss that depends on its argument");
  return noGrad(() => [values, gradients]);
}
