import type { AnyCase, Kernel, Plan } from "../kernels/kernel.ts";
import { overridesOf, type Shader, type Signature, source } from "../shader/shader.ts";
import { caseShapes } from "./case_shapes.ts";
import type { NamedKernel } from "./kernels.ts";

/** A kernel with its slots filled and overrides set for one plan: a complete shader for any WGSL compiler. */
export interface ShaderVariant {
  /** Name of the kernel: `matmul/tiled`. */
  readonly kernel: string;
  /** The first case that needs this variant. */
  readonly case: string;
  readonly code: string;
}

/** All different shaders that the kernels' benches run; for a kernel without benches, the shader of its largest case. */
export function variants(kernels: readonly NamedKernel[]): ShaderVariant[] {
  return kernels.flatMap(({ name, module: { kernel, cases, benches = [] } }) => {
    const largest = cases.toSorted((a, b) => work(kernel, b) - work(kernel, a)).slice(0, 1);
    const found = new Map<string, ShaderVariant>();
    for (const each of benches.length ? benches : largest) {
      const code = finalWgsl(kernel.shader, planOf(kernel, each));
      if (!found.has(code)) found.set(code, { kernel: name, case: each.name, code });
    }
    return [...found.values()];
  });
}

/** The linked WGSL of a plan, with its overrides as constants. */
export function finalWgsl(shader: Shader, plan: Plan): string {
  const values: Readonly<Record<string, number | undefined>> = plan.overrides ?? {};
  const known = overridesOf(shader, plan.slots);
  return source(shader, plan.slots).replace(
    /^override (\w+): ?(\w+) ?= ?([^;]+);/gm,
    (_, name: string, type: string, initial: string) => {
      const value = known.has(name) ? values[name] : undefined;
      return `const ${name}: ${type} = ${value === undefined ? initial : literal(type, value)};`;
    },
  );
}

function literal(type: string, value: number): string {
  if (type === "bool") return String(value !== 0);
  return `${type}(${value})`;
}

function planOf(kernel: Kernel<Signature, unknown>, test: AnyCase): Plan {
  const plan = kernel.plan(caseShapes(test), test.options);
  return { ...plan, overrides: { ...plan.overrides, ...test.overrides } };
}

const work = (kernel: Kernel<Signature, unknown>, test: AnyCase) => planOf(kernel, test).flops;
