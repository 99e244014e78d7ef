import type { Shape } from "../core/shape.ts";
import type { InputSpec, KernelModule } from "../kernels/kernel.ts";

/** Shapes of a case's inputs, by name. */
export function caseShapes({
  inputs,
}: KernelModule["cases"][number]): Readonly<Record<string, Shape>> {
  const specs = Object.entries<InputSpec | undefined>(inputs);
  return Object.fromEntries(
    specs.flatMap(([name, spec]): [string, Shape][] =>
      spec ? [[name, "shape" in spec ? spec.shape : spec]] : [],
    ),
  );
}
