import { type CaseReport, EXACT, type NamedKernel, reportCase } from "wgrad/testing";
import { type Spoil, spoilt } from "./spoil.ts";

export type KernelModule = NamedKernel["module"];
export type KernelCase = KernelModule["cases"][number];

/** One case, ready to run. */
export interface Check {
  readonly name: string;
  run(spoil: Spoil): Promise<CaseReport>;
}

/** A kernel or a public operation with its cases. */
export interface Entry {
  /** `softmax/softmax`, or `op/softmax` for an operation: the name in the address. */
  readonly id: string;
  readonly title: string;
  readonly family: string;
  /** Missing for an operation. */
  readonly module?: KernelModule;
  /** Prefix of the paths of the shader's files. */
  readonly folder: string;
  readonly checks: readonly Check[];
}

/** Result of a case, and the time for all of it: inputs, both runs and the reference. */
export interface Outcome extends CaseReport {
  readonly ms: number;
}

/** Kernels with their cases. */
export function kernelEntries(
  device: GPUDevice,
  kernels: readonly NamedKernel[],
  folder: string,
): Entry[] {
  return kernels.map(({ name, family, module }) => ({
    ...{ id: name, title: name, family, module, folder },
    checks: module.cases.map((each) => ({
      name: each.name,
      run: (spoil: Spoil) => reportCase(device, spoilt(module, spoil), each),
    })),
  }));
}

/** Runs a case; an exception counts as a failure. */
export async function runCheck(check: Check, spoil: Spoil = "no"): Promise<Outcome> {
  const start = performance.now();
  const report = await check.run(spoil).catch(
    (error): CaseReport => ({
      defects: [error instanceof Error ? error.message : String(error)],
      worst: EXACT,
      elements: 0,
    }),
  );
  return { ...report, ms: performance.now() - start };
}

/** Entries whose name or family contains every word of the search. */
export function matching(entries: readonly Entry[], search: string): Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ id, family }) =>
    words.every((word) => `${id} ${family}`.toLowerCase().includes(word)),
  );
}

export const countChecks = (entries: readonly Entry[]) =>
  entries.reduce((sum, { checks }) => sum + checks.length, 0);
