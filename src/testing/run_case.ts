import { seeded } from "../core/rng.ts";
import {
  bytesOf,
  type DType,
  inMemory,
  type Shape,
  show,
  size,
  type TypedArray,
  typedArray,
} from "../core/shape.ts";
import type { AnyCase, HostTensor, InputSpec, KernelModule, Plan } from "../kernels/kernel.ts";
import { type Prepared, prepare } from "../kernels/prepare.ts";
import { type Binding, type BindingDtypes, bindingsOf, type Signature } from "../shader/shader.ts";
import { accepted } from "./accepted.ts";
import { accuracyOf, type CaseReport, EXACT, mergeReports } from "./accuracy.ts";
import { caseShapes } from "./case_shapes.ts";
import { compare, UNTOUCHED } from "./compare.ts";

type AnyKernel = KernelModule["kernel"];
type Host = Readonly<Record<string, HostTensor>>;

/** Number of guard elements before and after every buffer: 256 bytes of f16, the alignment of a binding's offset. */
const GUARD = 128;

/** The kernel, reference and cases of a module under src/kernels, or undefined if it has none. */
export function kernelModule(exports: Readonly<Record<string, unknown>>): KernelModule | undefined {
  const kernels = Object.values(exports).filter(
    (value): value is AnyKernel => typeof value === "object" && value !== null && "shader" in value,
  );
  const { reference, cases, halfCases, benches } = exports as Partial<KernelModule>;
  const [kernel] = kernels;
  if (!kernel || kernels.length > 1 || !reference || !cases) return undefined;
  return { kernel, reference, cases, ...(halfCases && { halfCases }), ...(benches && { benches }) };
}

/** The inputs of a case, the same every time. */
export function caseInputs(kernel: AnyKernel, test: AnyCase): Host {
  const specs = test.inputs as Readonly<Record<string, InputSpec | undefined>>;
  const random = seeded(1);
  const inputs: Record<string, HostTensor> = {};
  for (const [name, spec] of Object.entries(specs)) {
    if (spec === undefined) continue;
    const { shape, fill } = "shape" in spec ? spec : { shape: spec, fill: undefined };
    const make = fill ?? (() => random() * 4 - 2);
    const dtype = dtypeOf(kernel, name, test.dtypes);
    const data = typedArray(dtype === "f16" ? "f32" : dtype, size(shape));
    for (let i = 0; i < data.length; i++) data[i] = make(i, random);
    inputs[name] = { shape, data: dtype === "f16" ? typedArray(dtype, data) : data };
  }
  return inputs;
}

function dtypeOf(kernel: AnyKernel, name: string, dtypes: BindingDtypes = {}): DType {
  const brought = Object.values(kernel.shader.slots).flatMap((choices) =>
    Object.values(choices).flatMap((choice) => choice.bindings),
  );
  const binding = [...kernel.shader.bindings, ...brought].find((b) => b.name === name);
  const asked = binding?.slot === undefined ? undefined : dtypes[binding.slot];
  return asked ?? binding?.dtype ?? "f32";
}

/** Plan of a case, from the shapes of its inputs. */
export function planCase(kernel: AnyKernel, inputs: Host, test: AnyCase): Plan {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape]));
  return kernel.plan(shapes, test.options);
}

/**
 * Runs a case on the device twice and compares it with its reference. Returns one report per defect, none when the case
 * passes: wrong values, NaN, elements never written, writes outside the output, different bits in the second run. Guards
 * around inputs are NaN, so that a read outside the input affects the result.
 */
export async function runCase(
  device: GPUDevice,
  module: KernelModule,
  test: AnyCase,
): Promise<string[]> {
  return [...(await reportCase(device, module, test)).defects];
}

/** The result of `runCase` with figures: the largest errors over all outputs. */
export async function reportCase(
  device: GPUDevice,
  { kernel, reference }: KernelModule,
  test: AnyCase,
): Promise<CaseReport> {
  const inputs = caseInputs(kernel, test);
  const plan = planCase(kernel, inputs, test);
  const overrides = (test.overrides ?? {}) as Readonly<Record<string, number>>;
  const { dtypes = {}, options } = test;
  const own = { overrides, dtypes };
  const prepared = await prepare(device, kernel, caseShapes(test), options, own);
  const [first = {}, second = {}] = await runTwice(device, prepared, inputs);
  prepared.destroy();
  const expected: Readonly<Record<string, ArrayLike<number>>> = reference(inputs, options);
  const slots = { ...plan.slots, ...dtypes };
  const bindings = bindingsOf(kernel.shader, slots).filter((b) => b.access !== "read");
  const outputs = bindings.map(({ name, dtype }) => ({
    name,
    dtype,
    shape: (plan.outputs as Readonly<Record<string, Shape>>)[name] ?? inputs[name]?.shape ?? [],
    runs: [first[name], second[name]] as const,
    want: rounded(expected[name], dtype),
  }));
  return mergeReports(outputs.map((output) => check(output, test.tolerance)));
}

/** Rounds to the precision of the output: numbers too large for f32 become infinite. */
export function rounded<Want extends ArrayLike<number> | undefined>(want: Want, dtype: DType) {
  return want && dtype === "f32" ? Float32Array.from(want) : want;
}

/** An output after both runs, and its reference. */
interface ComparedOutput {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly runs: readonly [ArrayBuffer | undefined, ArrayBuffer | undefined];
  readonly want: ArrayLike<number> | undefined;
}

function check(
  { name, dtype, shape, runs, want }: ComparedOutput,
  tolerance: AnyCase["tolerance"],
): CaseReport {
  const [first, second] = runs;
  const missing = (defect: string) => ({ defects: [defect], worst: EXACT, elements: 0 });
  if (!want) return missing(`${name}: the reference does not return it`);
  if (!first || !second) return missing(`${name}: was not read back`);
  const values = (buffer: ArrayBuffer) => typedArray(dtype, buffer);
  const all = values(first);
  const end = GUARD + size(shape); // two f16 fill a word
  const got = all.subarray(GUARD, end);
  const { report } = compare(name, got, want, shape, tolerance);
  const defects = report ? [report] : [];
  const guards = [...all.subarray(0, GUARD), ...all.subarray(end, end + GUARD)];
  const mark = filled(1, dtype)[0];
  const smashed = guards.filter((value) => value !== mark).length;
  if (smashed)
    defects.push(`${show(shape, name)}: ${smashed} elements outside the output were written`);
  const bits = [first, second].map((buffer) => new Uint32Array(buffer));
  const changed = bits[0]?.findIndex((word, i) => word !== bits[1]?.[i]) ?? -1;
  if (changed >= 0) {
    defects.push(`${name}: the second run gave other bits at element ${changed - GUARD}; a race?`);
  }
  return { defects, worst: accuracyOf(got, want, dtype), elements: got.length };
}

/** `length` elements with the initial value `UNTOUCHED`. */
function filled(length: number, dtype: DType): TypedArray {
  const marks = new Float32Array(length).fill(UNTOUCHED);
  return dtype === "f16" ? typedArray(dtype, marks) : typedArray(dtype, marks.buffer);
}

/** Elements with guards, as bytes in memory. */
function memoryOf(
  { access, dtype }: Binding,
  elements: number,
  content: HostTensor | undefined,
): TypedArray {
  const all = filled(elements + 2 * GUARD, dtype);
  // guards make reads outside visible: NaN, or the integer most likely to change the result
  if (access === "read") all.fill(dtype === "f32" || dtype === "f16" ? Number.NaN : 0);
  if (content) all.set(content.data, GUARD);
  return inMemory(dtype, all);
}

/** Positions of an output in the buffer that is read back, one for each of the two runs. */
interface ReadbackCopy {
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
}

/** Runs twice, on separate buffers, in one submit with one readback: a test waits for the device only once. */
async function runTwice(
  device: GPUDevice,
  prepared: Prepared<Signature>,
  inputs: Host,
): Promise<readonly Record<string, ArrayBuffer>[]> {
  const contents = contentsOf(prepared, inputs);
  device.pushErrorScope("validation");
  const encoder = device.createCommandEncoder();
  const runs = [0, 1].map(() => encodeRun(device, encoder, prepared, contents));
  const written = prepared.bindings.filter((binding) => binding.access !== "read");
  let end = 0;
  const copies = runs.map(() =>
    written.map(({ name }): ReadbackCopy => {
      const bytes = contents[name]?.byteLength ?? 0;
      end += bytes;
      return { name, at: end - bytes, bytes };
    }),
  );
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const to = device.createBuffer({ size: end, usage });
  for (const [run, each] of copies.entries()) {
    for (const { name, at, bytes } of each) {
      encoder.copyBufferToBuffer(runs[run]?.[name] as GPUBuffer, 0, to, at, bytes);
    }
  }
  device.queue.submit([encoder.finish()]);
  await accepted(device);
  await to.mapAsync(GPUMapMode.READ);
  const all = to.getMappedRange();
  const results = copies.map((each) =>
    Object.fromEntries(each.map(({ name, at, bytes }) => [name, all.slice(at, at + bytes)])),
  );
  for (const buffer of [to, ...runs.flatMap((run) => Object.values(run))]) buffer.destroy();
  return results;
}

/** Initial content of every buffer of a run. */
function contentsOf({ bindings, plan }: Prepared<Signature>, inputs: Host) {
  const outputs = plan.outputs as Readonly<Record<string, Shape>>;
  return Object.fromEntries(
    bindings.map((binding) => {
      const input = inputs[binding.name];
      const shape = input?.shape ?? outputs[binding.name];
      if (!shape) {
        throw new Error(`expected inputs of the case with '${binding.name}', got none; add it`);
      }
      return [binding.name, memoryOf(binding, size(shape), input)];
    }),
  );
}

/** Encodes one run on new buffers, which it returns. */
function encodeRun(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  prepared: Prepared<Signature>,
  contents: Readonly<Record<string, TypedArray>>,
): Record<string, GPUBuffer> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffers: Record<string, GPUBuffer> = {};
  const bound: Record<string, GPUBufferBinding> = {};
  for (const { name, dtype } of prepared.bindings) {
    const content = contents[name] as TypedArray;
    const buffer = device.createBuffer({ size: content.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, content);
    buffers[name] = buffer;
    bound[name] = { buffer, offset: bytesOf(dtype, GUARD) };
  }
  const pass = encoder.beginComputePass();
  prepared.encode(pass, bound);
  pass.end();
  return buffers;
}
