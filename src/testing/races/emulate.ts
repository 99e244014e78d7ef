import { detectRaces } from "wgsl_reflect/wgsl_reflect.module.js";
import { type TypedArray, typedArray } from "../../core/shape.ts";
import type { HostTensor, KernelModule, Plan } from "../../kernels/kernel.ts";
import { packParams } from "../../shader/pack.ts";
import { bindingsOf, type Shader, source } from "../../shader/shader.ts";
import { caseShapes } from "../case_shapes.ts";
import { caseInputs } from "../run_case.ts";
import { repairEmulator } from "./emulator.ts";

/** A dispatch for the emulator. */
export interface EmulatedDispatch {
  readonly shader: Shader;
  readonly plan: Plan;
  readonly overrides: Readonly<Record<string, number>>;
  readonly inputs: Readonly<Record<string, HostTensor>>;
}

/** WebGPU allows reads beyond a buffer's end; the emulator throws, so buffers are lengthened by this many bytes. */
const TAIL = 4096;

/** Defects that were found, and the final contents of the buffers. */
export interface Emulation {
  readonly defects: readonly string[];
  readonly buffers: Readonly<Record<string, TypedArray>>;
}

/**
 * Runs a dispatch in an emulator that synchronises the invocations of a workgroup at barriers, and reports defects: two
 * invocations that access the same element between two barriers, at least one of them writing, or a barrier that not all of
 * them reach.
 */
export function emulate({ shader, plan, overrides, inputs }: EmulatedDispatch): Emulation {
  repairEmulator();
  const linked = withUniformLoads(withoutAliases(source(shader, plan.slots)));
  const code = withConstants(linked, { ...plan.overrides, ...overrides });
  const outputs: Readonly<Record<string, readonly number[]>> = plan.outputs;
  const params = new ArrayBuffer(shader.paramsSize);
  packParams(shader, plan.params as Record<string, number>, new DataView(params));
  const group: Record<string, unknown> = shader.paramsSize ? { 0: { uniform: params } } : {};
  const buffers: Record<string, TypedArray> = {};
  for (const { name, index, dtype } of bindingsOf(shader, plan.slots)) {
    const length = (outputs[name] ?? []).reduce((a, b) => a * b, 1);
    const data = inputs[name]?.data ?? new Float32Array(length);
    const whole = typedArray(dtype, data.length + TAIL);
    whole.set(data);
    group[index] = whole;
    buffers[name] = whole.subarray(0, data.length);
  }
  const grid = plan.grid.map((n) => n ?? 1);
  const found = detectRaces(code, "main", grid, { 0: group });
  const defects = new Set([...found.errors, ...found.races.map((race) => race.message)]);
  return { defects: [...defects], buffers };
}

/** Resolves aliases of aliases of types, which the emulator does not support. */
export function withoutAliases(code: string): string {
  const aliases = new Map<string, string>();
  const rest = code.replace(/^alias (\w+) = ([^;]+);/gm, (_, name: string, type: string) => {
    aliases.set(name, type);
    return "";
  });
  if (aliases.size === 0) return rest;
  const names = new RegExp(`\\b(${[...aliases.keys()].join("|")})\\b`, "g");
  const resolve = (text: string): string =>
    text.replace(names, (name) => resolve(aliases.get(name) ?? name));
  return resolve(rest);
}

/**
 * Replaces `workgroupUniformLoad`, which the emulator does not support, by a load between two barriers, before the
 * statement that it is in; not in the header of a loop or after `else`, where the load is repeated or conditional.
 */
export function withUniformLoads(code: string): string {
  if (!code.includes("workgroupUniformLoad")) return code;
  const load = /([;{}])([^;{}]*?)\bworkgroupUniformLoad\s*\(\s*&\s*([^()]*)\)/g;
  let count = 0;
  return code.replace(/\/\/.*$/gm, "").replace(load, (whole, end, before, place) => {
    if (/\b(for|while|else|case|default)\b/.test(before)) return whole;
    const name = `uniform_load_${count++}`;
    const loaded = `workgroupBarrier(); let ${name} = ${place}; workgroupBarrier();`;
    return `${end}${loaded}${before}${name}`;
  });
}

/** Replaces overrides by constants, since the emulator does not support overrides. */
export function withConstants(
  code: string,
  values: Readonly<Record<string, number | undefined>>,
): string {
  return code.replace(/^override (\w+): (\w+)(?: = ([^;]+))?;/gm, (_, name, type, initial) => {
    const value = values[name];
    return `const ${name}: ${type} = ${value === undefined ? initial : `${type}(${value})`};`;
  });
}

/** Maximum number of invocations plus operations of an emulated case; about a second. */
export const BUDGET = 6000;

/** The smallest, the median and the largest of a kernel's cases that fit the budget. */
export function chosenCases({ kernel, cases }: Pick<KernelModule, "kernel" | "cases">) {
  const sized = cases.map((each) => {
    const plan = kernel.plan(caseShapes(each), each.options);
    const groups = plan.grid.reduce<number>((product, n) => product * (n ?? 1), 1);
    return { case: each, plan, groups, cost: 64 * groups + plan.flops };
  });
  const small = sized
    .filter(({ groups, cost }) => groups > 0 && cost <= BUDGET)
    .sort((a, b) => a.cost - b.cost);
  const places = [0, Math.floor(small.length / 2), small.length - 1];
  return [...new Set(places)].flatMap((i) => {
    const chosen = small[i];
    if (!chosen) return [];
    const { case: each, plan } = chosen;
    const overrides = (each.overrides ?? {}) as Readonly<Record<string, number>>;
    const inputs = caseInputs(kernel, each);
    const dispatch: EmulatedDispatch = { shader: kernel.shader, plan, overrides, inputs };
    return [{ case: each, dispatch }];
  });
}
