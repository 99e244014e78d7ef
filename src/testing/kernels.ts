import type { KernelModule } from "../kernels/kernel.ts";
import { kernelModule } from "./run_case.ts";

// lazy, so that bundlers drop the list from programs that do not call allKernels
const kernelFiles = import.meta.glob<Record<string, unknown>>("../kernels/*/*.ts", { eager: true });

/** A kernel with its reference and cases, and the name of its file. */
export interface NamedKernel {
  /** `softmax/softmax`: folder and file name of the .wgsl and the .ts. */
  readonly name: string;
  /** The folder. */
  readonly family: string;
  /** The kernel, its reference and its cases. */
  readonly module: KernelModule;
}

/** All kernels, sorted by name. */
export function allKernels(): NamedKernel[] {
  return Object.entries(kernelFiles)
    .flatMap(([path, exports]) => {
      const module = kernelModule(exports);
      const name = path.replace("../kernels/", "").replace(/\.ts$/, "");
      return module ? [{ name, family: name.split("/")[0] ?? "", module }] : [];
    })
    .sort(byName);
}

/** Sorts by name. */
export const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name);
