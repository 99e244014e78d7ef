import { transact } from "../../scheduler/transaction.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Closure } from "./evaluation.ts";
import type { ParameterVector } from "./parameter_vector.ts";

/**
 * Distance between two evaluations, relative to max(1, |x|). In float32 a fourth-order difference has errors of about ε/h
 * from rounding and h⁴ from truncation; their sum is smallest, 2·10⁻⁶, near h = ε^(1/5) = 0.04.
 */
const STEP = 2 ** -5;

/** g'(x) ≈ (g(x − 2h) − 8·g(x − h) + 8·g(x + h) − g(x + 2h)) / 12h */
const stencil = [
  { offset: -2, weight: 1 / 12 },
  { offset: -1, weight: -8 / 12 },
  { offset: 1, weight: 8 / 12 },
  { offset: 2, weight: -1 / 12 },
] as const;

/**
 * The Hessian [n, n] at `x` by fourth-order central differences of gradients, with four evaluations for each of the n
 * elements, symmetrised. Exact up to rounding if the loss is a polynomial of degree 5 or less. All evaluations are queued
 * before the first is read. Leaves the parameters at x.
 */
export async function hessianByDifferences(
  vector: ParameterVector,
  x: Tensor,
  closure: Closure,
): Promise<Float64Array> {
  const { length, engine } = vector;
  const places = vector.positions();
  const n = places.length;
  const values = await x.read();
  const steps = places.map((at) => stepAt(values[at] as number));
  const evaluate = () => {
    const rows = tensor(new Float32Array(4 * n * length), { engine, name: "gradients" });
    places.forEach((at, i) => {
      const axis = new Float32Array(length);
      axis[at] = steps[i] as number;
      const d = tensor(axis, { engine, name: "axis" });
      stencil.forEach(({ offset }, k) => {
        vector.move(x, d, offset);
        scope(() => {
          vector.zeroGrad();
          closure();
          vector.readGrads(rows, (4 * i + k) * length);
        });
      });
      d.dispose();
    });
    vector.move(x, x, 0);
    return rows;
  };
  const gradients = transact(engine, () => scope(evaluate));
  const read = await gradients.read();
  gradients.dispose();
  const slope = (i: number, j: number) =>
    stencil.reduce((sum, { weight }, k) => {
      const g = read[(4 * i + k) * length + (places[j] as number)] as number;
      return sum + (weight * g) / (steps[i] as number);
    }, 0);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (slope(i, j) + slope(j, i)) / 2;
  });
}

/** A step that is a power of two, so that x ± h and x ± 2h lose only bits of x below the step. */
function stepAt(value: number): number {
  return STEP * 2 ** Math.round(Math.log2(Math.max(1, Math.abs(value))));
}
