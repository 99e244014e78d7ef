import { callback, integer, natural, objectWith, signalKind } from "../core/kinds.ts";
import { checkedAsync, options } from "../core/signature.ts";
import type { Case, Kernel, Reference } from "../kernels/kernel.ts";
import type { Signature } from "../shader/shader.ts";
import * as mutation from "./mutate_kernel.ts";

/**
 * Tests whether a kernel's cases would notice a mistake: it changes one operator, constant, index or barrier of its WGSL at
 * a time, and lists the changes that neither a case nor the race detector notices, with file and line.
 *
 *     const device = async () => (await (await navigator.gpu.requestAdapter())!.requestDevice());
 *     const { survivors } = await mutateKernel(device, { kernel: wave, reference, cases }, { races: findRaces });
 *     expect(survivors).toEqual([]);
 *
 * `newDevice` is called for a separate device, and again after a mutant has lost it. Throws `ValueError` if the original
 * kernel fails a case. A mutant may hang a driver: run it where that does no harm.
 */
export const mutateKernel = /* @__PURE__ */ checkedAsync(
  "mutateKernel",
  {
    newDevice: callback,
    module: objectWith("a kernel with its reference and cases", "kernel", "reference", "cases"),
    options: options<mutation.MutateOptions>({
      count: natural,
      seed: integer,
      files: callback,
      races: callback,
      onProgress: callback,
      signal: signalKind,
    }),
  },
  mutation.mutateKernel,
) as <S extends Signature, Options>(
  newDevice: () => Promise<GPUDevice>,
  module: {
    readonly kernel: Kernel<S, Options>;
    readonly reference: Reference<Kernel<S, Options>>;
    readonly cases: readonly Case<Kernel<S, Options>>[];
  },
  options?: Omit<mutation.MutateOptions, "races"> & {
    readonly races?: (module: never) => ReturnType<NonNullable<mutation.MutateOptions["races"]>>;
  },
) => Promise<mutation.MutationReport>;
