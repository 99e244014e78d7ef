import { type ShaderVariant, variants } from "./final_wgsl.ts";
import { allKernels } from "./kernels.ts";

/** All different shaders that the benches of all kernels run: `npm run isa` compiles them. */
export function allVariants(): ShaderVariant[] {
  return variants(allKernels());
}
