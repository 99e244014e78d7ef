/** Kernels of the user's own, from WGSL in a string. */
import { ShaderError, ValueError } from "../core/errors.ts";
import { callback, type Kind, natural, string } from "../core/kinds.ts";
import { checked, describe, options } from "../core/signature.ts";
import type { SignatureOf } from "../shader/own_types.ts";
import { readProgram } from "../shader/read.ts";
import type { Shader, Signature } from "../shader/shader.ts";
import type { InputShapes, Kernel, Plan } from "./kernel.ts";

/** A shader that was read from a string. */
export type OwnShader<S extends Signature = Signature> = Shader<S> & {
  /** As written: numbers, or names of overrides and constants. */
  readonly workgroupSize: readonly string[];
};

/** Programs by name: pipelines are kept by name, so other text under the same one gets a number. */
const known = new Map<string, string[]>();

function pathOf(name: string, text: string): string {
  const texts = known.get(name) ?? [];
  known.set(name, texts);
  const at = texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1;
  return `${name}${at ? `.${at + 1}` : ""}.wgsl`;
}

const name: Kind = {
  expected: "a name",
  advice: 'write { name: "wave" }',
  accepts: (value) => typeof value === "string" && /^[\w./ ]+$/.test(value),
};

/**
 * A shader from WGSL in a string, without a build step: for `kernel(shader, plan)`, and with it for `prepare`, `runKernel`
 * and `runCase`.
 *
 * The WGSL has one entry point `main`; buffers in group 0, what it reads before what it writes; sizes and numbers in one
 * uniform, `@group(0) @binding(0) var<uniform> params: Params`, a struct of f32, i32, u32, vectors of them and
 * `array<vec4<T>, N>`; `override`s, each at the beginning of a line, for what the pipeline is made with. `//! inout p` on a
 * line of its own says of a buffer that is read and written that the caller brings it.
 *
 * `name` stands in errors, `explain()` and profiles; default "own". Throws `ShaderError` with the line of what it cannot
 * read. What the WGSL compiler finds is thrown when the kernel first runs.
 */
export const shader = /* @__PURE__ */ checked(
  "shader",
  {
    source: string,
    options: /* @__PURE__ */ options<{ readonly name?: string }>({ name }),
  },
  <const W extends string>(
    source: W,
    { name = "own" }: { readonly name?: string } = {},
  ): OwnShader<SignatureOf<W>> => {
    const use = source.split("\n").findIndex((line) => /^\s*\/\/! *use\b/.test(line));
    if (use >= 0) {
      throw new ShaderError(
        `shader: expected one text, got '//! use' at ${name}:${use + 1}; write the functions into the string`,
      );
    }
    const { bindings, params, paramsSize, workgroupSize } = readProgram(`shader: ${name}`, source);
    const indented = /^(?:[ \t]+override|.*@id\(.*\)\s*override)\b.*$/m.exec(source);
    if (indented) {
      throw new ShaderError(
        `shader: expected 'override' at the beginning of a line of ${name}, got '${indented[0].trim()}'`,
      );
    }
    const path = pathOf(name, source);
    const parts = [{ file: path, text: source }];
    return { path, parts, slots: {}, bindings, params, paramsSize, workgroupSize };
  },
);

const shaderKind: Kind = {
  expected: "a shader",
  advice: "make it with shader(source)",
  accepts: (value) =>
    typeof value === "object" && value !== null && "bindings" in value && "paramsSize" in value,
};

/**
 * A shader and its plan: a pure function from the shapes of what the kernel reads, and options, to
 * `{ outputs: { y: shape }, params: { n }, grid: [groups], flops }`. `prepare` runs it on buffers, `runKernel` on tensors.
 *
 * The plan may throw `ShapeError` and `ValueError` for what it does not take. Outputs and params that the shader does not
 * have, or that the plan leaves out, and a grid that is none are refused when it is planned.
 */
export const kernel = /* @__PURE__ */ checked(
  "kernel",
  { shader: shaderKind, plan: callback },
  <S extends Signature, Options>(
    given: Shader<S>,
    plan: (inputs: NoInfer<InputShapes<S>>, options: Options) => NoInfer<Plan<S>>,
  ): Kernel<S, Options> => ({
    shader: given,
    plan: (inputs, options) => checkedPlan(given, plan(inputs, options)),
  }),
);

function checkedPlan<S extends Signature>(
  { path, bindings, params }: Shader,
  plan: Plan<S>,
): Plan<S> {
  const outputs = bindings.flatMap(({ name, access }) => (access === "write" ? [name] : []));
  const isGrid =
    Array.isArray(plan?.grid) &&
    plan.grid.length <= 3 &&
    plan.grid.every((n) => natural.accepts(n));
  if (!isGrid) {
    throw new ValueError(
      `${path}: expected a grid of 1 to 3 numbers of workgroups of the plan, got ${describe(plan?.grid)}; ` +
        "write grid: [Math.ceil(n / 64)]",
    );
  }
  checkNames(path, "outputs", plan.outputs, outputs);
  checkNames(
    path,
    "params",
    plan.params,
    params.map(({ name }) => name),
  );
  return plan;
}

function checkNames(path: string, what: string, given: object, names: readonly string[]): void {
  const got = Object.keys(given ?? {});
  if (got.length === names.length && names.every((name) => got.includes(name))) return;
  throw new ValueError(
    `${path}: expected ${what} ${names.join(", ") || "none"} of the plan, got ${got.join(", ") || "none"}; ` +
      "name what the WGSL names",
  );
}
