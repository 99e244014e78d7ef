import { ValueError } from "../../core/errors.ts";
import type { KernelModule } from "../../kernels/kernel.ts";
import { compare } from "../compare.ts";
import { BUDGET, chosenCases, emulate } from "./emulate.ts";

/** What the emulator found in one case. */
export interface RaceReport {
  /** The name of the case. */
  readonly name: string;
  /** Races between invocations, and barriers that not all of them reach: none if there are none. */
  readonly races: readonly string[];
  /**
   * How the emulator's values differ from the reference's, "" if they do not: then it ran the kernel as a GPU does. If they
   * do and `runCase` finds nothing, the emulator cannot compute something in it, and races it reports are to be judged.
   */
  readonly differs: string;
}

/** The emulator computes in f32 and has functions of its own. */
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
