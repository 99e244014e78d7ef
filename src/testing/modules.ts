import type { KernelModule } from "../kernels/kernel.ts";
import type { OpCase, OpCases } from "../ops/op_case.ts";
import { kernelModule } from "./run_case.ts";

// lazy, so that a bundle which asks for neither list holds none of the modules
const kernelFiles = import.meta.glob<Record<string, unknown>>("../kernels/*/*.ts");
const opFiles = import.meta.glob<{ cases: OpCases }>("../{ops,loss}/*_cases.ts");

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

/** Loads every kernel there is, sorted by name. */
export async function allKernels(): Promise<NamedKernel[]> {
  const found = await Promise.all(
    Object.entries(kernelFiles).map(async ([path, load]) => {
      const module = kernelModule(await load());
      const name = path.replace("../kernels/", "").replace(/\.ts$/, "");
      return module ? [{ name, family: name.split("/")[0] ?? "", module }] : [];
    }),
  );
  return found.flat().sort(byName);
}

/** Loads the cases of every public operation and loss, sorted by family and name. */
export async function allOps(): Promise<NamedOp[]> {
  const found = await Promise.all(
    Object.entries(opFiles).map(async ([path, load]) => {
      const family = path.replace("../", "").replace(/_cases\.ts$/, "");
      return Object.entries((await load()).cases).map(([name, cases]) => ({ name, family, cases }));
    }),
  );
  return found
    .flat()
    .sort((a, b) => byName({ name: a.family }, { name: b.family }) || byName(a, b));
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
