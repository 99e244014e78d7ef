import type { OpCase, OpCases } from "../ops/op_case.ts";
import { byName } from "./kernels.ts";

export { allKernels, type NamedKernel } from "./kernels.ts";

// lazy, so that bundlers drop the list from programs that do not call allOps
const opFiles = import.meta.glob<{ cases: OpCases }>("../{ops,loss}/**/*_cases.ts", {
  eager: true,
});

/** The cases of one public operation. */
export interface NamedOp {
  /** Exported name of the operation: `logSoftmax`. */
  readonly name: string;
  /** The file of its cases: `ops/softmax`. */
  readonly family: string;
  /** Cases of the operation. */
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
