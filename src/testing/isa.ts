import { type Variant, variants } from "./final_wgsl.ts";
import { allKernels } from "./kernels.ts";

/** Every different program that the benches of all kernels run: what `npm run isa` compiles. */
export function allVariants(): Variant[] {
  return variants(allKernels());
}
