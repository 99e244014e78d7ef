import { ValueError } from "../../core/errors.ts";
import type { KernelModule } from "../../kernels/kernel.ts";
import { compare } from "../compare.ts";
import { BUDGET, chosenCases, emulate } from "./emulate.ts";

/** The emulator's result for one case. */
export interface RaceReport {
  /** The name of the case. */
  readonly name: string;
  /** Races between invocations, and barriers that not all of them reach; empty if there are none. */
  readonly races: readonly string[];
  /**
   * How the emulator's values differ from the reference's; "" if they do not, so that the emulation was valid. If they
   * differ although `runCase` finds nothing, the emulator cannot compute part of the kernel, and its reports must be judged
   * by hand.
   */
  readonly differs: string;
}

/** The emulator computes in f32, with its own implementations of functions. */
const TOLERANCE = { atol: 1e-4, rtol: 1e-3 };

export function findRaces(module: KernelModule): RaceReport[] {
  const chosen = chosenCases(module);
  if (chosen.length === 0) {
    throw new ValueError(
      `findRaces: expected a case of at most ${BUDGET} operations of ${module.kernel.shader.path}, got ${module.cases.length} ` +
        "larger ones; add a small one",
    );
  }
  return chosen.map(({ case: { name, options }, dispatch }) => {
    try {
      const { defects, buffers } = emulate(dispatch);
      const want: Readonly<Record<string, ArrayLike<number>>> = module.reference(
        dispatch.inputs,
        options,
      );
      const differs = Object.entries(want).map(
        ([output, values]) =>
          compare(output, buffers[output] ?? [], values, [values.length], TOLERANCE).report,
      );
      return { name, races: defects, differs: differs.join("") };
    } catch (error) {
      return { name, races: [], differs: `the emulator throws ${error}` };
    }
  });
}
