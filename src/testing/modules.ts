import type { OpCase, OpCases } from "../ops/op_case.ts";
import { byName } from "./kernels.ts";

export { allKernels, type NamedKernel } from "./kernels.ts";

// a bundler drops the list from a program that does not call allOps
const opFiles = import.meta.glob<{ cases: OpCases }>("../{ops,loss}/**/*_cases.ts", {
  eager: true,
});

/** The cases of one public operation. */
export interface NamedOp {
  /** As it is exported: `logSoftmax`. */
  readonly name: string;
  /** The file its cases are in: `ops/softmax`. */
  readonly family: string;
  /** Its cases. */
  readonly cases: readonly OpCase[];
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
