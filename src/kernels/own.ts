/** The user's own kernels, from WGSL in a string. */
import { ShaderError } from "../core/errors.ts";
import { callback, type Kind, string } from "../core/kinds.ts";
import { checked, options } from "../core/signature.ts";
import { isLibraryPath, ownFolder, recordFolder } from "../shader/own_folder.ts";
import type { SignatureOfText } from "../shader/own_types.ts";
import { readOwn } from "../shader/read_own.ts";
import type { Shader, Signature } from "../shader/shader.ts";
import type { InputShapes, Kernel, Plan } from "./kernel.ts";
import { checkedPlan, checkLengths } from "./own_plan.ts";

/** A shader that was read from a string. */
export type OwnShader<S extends Signature = Signature> = Shader<S> & {
  /** As written in the WGSL: numbers, or names of overrides and constants. */
  readonly workgroupSize: readonly string[];
};

/** Options of `shader`. */
export interface ShaderOptions {
  /** Name of the shader in errors, `explain()` and profiles. Default "own". */
  readonly name?: string;
  /** Texts for `//! use`, by path; paths of `wgslLibrary` begin with wgrad/. Default none. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Texts by name: pipelines are cached by name, so another text with the same name gets a number. */
const known = new Map<string, string[]>();

function pathOf(name: string, text: string): string {
  const texts = known.get(name) ?? [];
  known.set(name, texts);
  const at = texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1;
  return `${name}${at ? `.${at + 1}` : ""}.wgsl`;
}

const name: Kind = {
  expected: "a name without /",
  advice: 'write { name: "wave" }',
  accepts: (value) => typeof value === "string" && /^[\w. ]+$/.test(value),
};

const files: Kind = {
  expected: "texts by path",
  advice: 'write { files: { ...wgslLibrary, "mine/half.wgsl": text } }',
  accepts: (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(
      ([path, text]) => /^(\.\/)?[^./].*\.wgsl$/.test(path) && typeof text === "string",
    ),
};

const missing = (path: string): string =>
  isLibraryPath(path)
    ? "pass { files: wgslLibrary } of wgrad/kernels, and look there which there are"
    : `pass its text: { files: { "${path.replace("*", "one.wgsl")}": text } }`;

/** Links and reads a text; errors begin with the name `shader`. */
function readText(source: string, name: string, files: Readonly<Record<string, string>>) {
  const named = Object.entries(files).map(([path, text]) => [path.replace(/^\.\//, ""), text]);
  const given: Readonly<Record<string, string>> = Object.fromEntries(named);
  const path = pathOf(name, JSON.stringify([source, Object.entries(given).sort()]));
  const folder = ownFolder(recordFolder({ ...given, [path]: source }), given, missing);
  try {
    return readOwn(path, folder);
  } catch (error) {
    if (!(error instanceof ShaderError)) throw error;
    throw new ShaderError(error.message.replace(/^(shader: )?/, "shader: "), { cause: error });
  }
}

/**
 * A shader from WGSL in a string, without a build step: for `kernel(shader, plan)`, and with it for `prepare`, `runKernel`
 * and `runCase`.
 *
 * The WGSL has one entry point `main`; buffers in group 0, those it reads before those it writes; sizes and numbers in one
 * uniform, `@group(0) @binding(0) var<uniform> params: Params`, a struct of f32, i32, u32, vectors of them and
 * `array<vec4<T>, N>`; and `override`s, each at the beginning of a line, for constants of the pipeline. Lines that begin
 * with `//!` are directives:
 *
 *     //! inout p                      the caller supplies the buffer p, which is read and written
 *     //! use wgrad/lib/tanh.wgsl      the declarations of one of `files`, here of the library's
 *     //! use wgrad/activation/* as act    a slot: one file of a folder, chosen by the plan: slots: { act: "relu" }
 *
 * Paths in `files` are relative to the text that uses them. Throws `ShaderError` with the file and line of what it cannot
 * read. Errors of the WGSL compiler are thrown when the kernel first runs.
 *
 * @example
 * ```ts
 * import { shader } from "wgrad/kernels";
 * const doubled = shader(`
 *   @group(0) @binding(1) var<storage, read> x: array<f32>;
 *   @group(0) @binding(2) var<storage, read_write> y: array<f32>;
 *   @compute @workgroup_size(64)
 *   fn main(@builtin(global_invocation_id) id: vec3u) { y[id.x] = 2.0 * x[id.x]; }`);
 * console.log(doubled.bindings.map(({ name, access }) => `${name}: ${access}`).join()); // x: read,y: write
 * ```
 */
export const shader = /* @__PURE__ */ checked(
  "shader",
  { source: string, options: /* @__PURE__ */ options<ShaderOptions>({ name, files }) },
  <const W extends string>(
    source: W,
    { name = "own", files = {} }: ShaderOptions = {},
  ): OwnShader<SignatureOfText<W>> =>
    readText(source, name, files) as OwnShader<SignatureOfText<W>>,
);

const shaderKind: Kind = {
  expected: "a shader",
  advice: "make it with shader(source)",
  accepts: (value) =>
    typeof value === "object" && value !== null && "bindings" in value && "paramsSize" in value,
};

/**
 * A shader and its plan: a pure function from the shapes of the kernel's inputs, and options, to `{ outputs: { y: shape },
 * params: { n }, grid: [groups], flops }`. `prepare` runs it on buffers, `runKernel` on tensors.
 *
 * The plan may throw `ShapeError` and `ValueError` for inputs and options that it does not take. Unknown or missing outputs
 * and params, unknown slots and overrides, shapes that are none, params that their types do not hold and an invalid grid
 * are refused after planning, before anything is queued. `ShaderError` for WGSL that asks for `arrayLength`: what is
 * bound may be longer than the tensor, so sizes come from params.
 *
 * @example
 * ```ts
 * import { runKernel, tensor } from "wgrad";
 * import { kernel, shader } from "wgrad/kernels";
 * const doubled = kernel(
 *   shader(`
 *     struct Params { n: u32 }
 *     @group(0) @binding(0) var<uniform> params: Params;
 *     @group(0) @binding(1) var<storage, read> x: array<f32>;
 *     @group(0) @binding(2) var<storage, read_write> y: array<f32>;
 *     @compute @workgroup_size(64)
 *     fn main(@builtin(global_invocation_id) id: vec3u) {
 *       if (id.x < params.n) { y[id.x] = 2.0 * x[id.x]; }
 *     }`),
 *   ({ x }) => ({ outputs: { y: x }, params: { n: x[0] ?? 0 }, grid: [1], flops: 1 }),
 * );
 * console.log(await runKernel(doubled, { x: tensor([1, 2]) }, undefined).y.read()); // [2, 4]
 * ```
 */
export const kernel = /* @__PURE__ */ checked(
  "kernel",
  { shader: shaderKind, plan: callback },
  <S extends Signature, Options>(
    given: Shader<S>,
    plan: (inputs: NoInfer<InputShapes<S>>, options: Options) => NoInfer<Plan<S>>,
  ): Kernel<S, Options> => {
    checkLengths(given);
    return {
      shader: given,
      plan: (inputs, options) => checkedPlan(given, plan(inputs, options)),
    };
  },
);
