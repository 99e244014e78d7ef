/**
 * `wgrad/testing/races`: races in kernels, found by an emulator of WGSL, the optional peer dependency wgsl_reflect.
 *
 * @module wgrad/testing/races
 */
import { objectWith } from "../../core/kinds.ts";
import { checked } from "../../core/signature.ts";
import type { Case, Kernel, Reference } from "../../kernels/kernel.ts";
import type { Signature } from "../../shader/shader.ts";
import * as races from "./find_races.ts";

export type { RaceReport } from "./find_races.ts";

const module = objectWith("a kernel with its reference and cases", "kernel", "reference", "cases");

/**
 * Runs the smallest, the median and the largest of the small cases (at most 6,000 operations) in an emulator that records
 * which invocation of a workgroup accesses which element between two barriers. One report per case: pairs of invocations
 * that access the same element, at least one of them writing, and barriers that not all of them reach. It needs no GPU.
 *
 *     expect(findRaces(module).flatMap(({ races }) => races)).toEqual([]);
 *
 * Throws `ValueError` if no case is small enough. `npm install --save-dev wgsl_reflect` installs the emulator.
 */
export const findRaces = /* @__PURE__ */ checked("findRaces", { module }, races.findRaces) as <
  S extends Signature,
  Options,
>(module: {
  readonly kernel: Kernel<S, Options>;
  readonly reference: Reference<Kernel<S, Options>>;
  readonly cases: readonly Case<Kernel<S, Options>>[];
}) => races.RaceReport[];
