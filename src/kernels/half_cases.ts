import type { BindingDtypes } from "../shader/shader.ts";
import type { Tolerance } from "./kernel.ts";

interface HalfCase {
  readonly name: string;
  readonly tolerance?: Tolerance | "exact";
  readonly dtypes?: BindingDtypes | undefined;
}

/** Half a unit in the last of f16's 11 significant bits, and half of its smallest subnormal. */
const ROUNDING = { rtol: 2 ** -11, atol: 2 ** -25 };

/** Tolerance of a result that is summed in f32 and then rounded to f16. */
export function halfTolerance(given: Tolerance | "exact" = {}): Tolerance {
  const { atol = 1e-6, rtol = 1e-6, length = 1 } = given === "exact" ? { atol: 0, rtol: 0 } : given;
  const grown = Math.sqrt(length);
  return { atol: atol * grown + ROUNDING.atol, rtol: rtol * grown + ROUNDING.rtol };
}

/**
 * Cases with f16 storage: inputs are rounded to f16 before kernel and reference see them, sums are f32 with their own
 * tolerance, and outputs are rounded once more.
 */
export function inHalf<C extends HalfCase>(cases: readonly C[], dtypes?: BindingDtypes): C[] {
  return cases.map((each) => {
    const tolerance = halfTolerance(each.tolerance);
    const chosen = each.dtypes ?? dtypes;
    const name = dtypes ? `f16 in ${Object.keys(dtypes).join(", ")}: ${each.name}` : each.name;
    return { ...each, name, tolerance, ...(chosen && { dtypes: chosen }) };
  });
}
