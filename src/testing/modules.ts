import type { KernelModule } from "../kernels/kernel.ts";
import type { OpCase, OpCases } from "../ops/op_case.ts";
import { kernelModule } from "./run_case.ts";

// a bundler drops both lists from a program that calls neither function below
const kernelFiles = import.meta.glob<Record<string, unknown>>("../kernels/*/*.ts", { eager: true });
const opFiles = import.meta.glob<{ cases: OpCases }>("../{ops,loss}/*_cases.ts", { eager: true });

/** A kernel with its reference and cases, under the name of its file. */
export interface NamedKernel {
  /** `softmax/log_softmax`: the folder and the file, of the .wgsl as of the .ts. */
  readonly name: string;
  readonly family: string;
  readonly module: KernelModule;
}

/** The cases of one public operation. */
export interface NamedOp {
  /** As it is exported: `logSoftmax`. */
  readonly name: string;
  /** The file its cases are in: `ops/softmax`. */
  readonly family: string;
  readonly cases: readonly OpCase[];
}

/** Every kernel there is, sorted by name. */
export function allKernels(): NamedKernel[] {
  return Object.entries(kernelFiles)
    .flatMap(([path, exports]) => {
      const module = kernelModule(exports);
      const name = path.replace("../kernels/", "").replace(/\.ts$/, "");
      return module ? [{ name, family: name.split("/")[0] ?? "", module }] : [];
    })
    .sort(byName);
}

/** The cases of every public operation and loss, sorted by family and name. */
export function allOps(): NamedOp[] {
  return Object.entries(opFiles)
    .flatMap(([path, { cases: byOp }]) => {
      const family = path.replace("../", "").replace(/_cases\.ts$/, "");
      return Object.entries(byOp).map(([name, cases]) => ({ name, family, cases }));
    })
    .sort((a, b) => byName({ name: a.family }, { name: b.family }) || byName(a, b));
}

const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : Number(a.name > b.name);
