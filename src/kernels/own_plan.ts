/** What a plan of the user's must be. */
import { ShaderError, ShapeError, ValueError } from "../core/errors.ts";
import { finite, natural } from "../core/kinds.ts";
import { describe } from "../core/signature.ts";
import { packParams } from "../shader/pack.ts";
import {
  allOverrides,
  bindingsOf,
  type Shader,
  type Signature,
  type Values,
} from "../shader/shader.ts";
import type { Plan } from "./kernel.ts";

/** Refuses arrayLength: what is bound is longer than many tensors, by padding, and than a case's buffers, by their guards. */
export function checkLengths({ parts, slots }: Shader): void {
  const choices = Object.values(slots).flatMap((each) => Object.values(each));
  for (const { file, text } of [...parts, ...choices.flatMap((choice) => choice.parts)]) {
    const lines = text.split("\n").map((line) => line.replace(/\/\/.*/, ""));
    const at = lines.findIndex((line) => /\barrayLength\b/.test(line));
    if (at < 0) continue;
    throw new ShaderError(
      `kernel: ${file}:${at + 1}: expected sizes from params, got arrayLength, which counts what lies behind a tensor, too; ` +
        "add the number to Params and to the plan",
    );
  }
}

/** The plan, refused before anything is queued: what cannot be encoded would fail the commands around it. */
export function checkedPlan<S extends Signature>(shader: Shader<S>, plan: Plan<S>): Plan<S> {
  const { path, params, paramsSize } = shader;
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
  const { slots = {}, overrides = {} } = plan;
  checkKnown(path, "slots", slots, Object.keys(shader.slots));
  const bindings = bindingsOf(shader, slots);
  const outputs = bindings.flatMap(({ name, access }) => (access === "write" ? [name] : []));
  checkNames(path, "outputs", plan.outputs, outputs);
  checkShapes(path, plan.outputs);
  const names = params.map(({ name }) => name);
  checkNames(path, "params", plan.params, names);
  packParams(shader, plan.params as Values, new DataView(new ArrayBuffer(paramsSize)));
  checkKnown(path, "overrides", overrides, allOverrides(shader));
  checkNumbers(path, overrides);
  return plan;
}

const listed = (names: readonly string[]) => names.join(", ") || "none";

function checkNames(path: string, what: string, given: object, names: readonly string[]): void {
  const got = Object.keys(given ?? {});
  if (got.length === names.length && names.every((name) => got.includes(name))) return;
  throw new ValueError(
    `${path}: expected ${what} ${listed(names)} of the plan, got ${listed(got)}; name what the WGSL names`,
  );
}

function checkKnown(path: string, what: string, given: object, known: readonly string[]): void {
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new ValueError(
    `${path}: expected ${what} of the plan among ${listed(known)}, got '${other}'; name what the WGSL names`,
  );
}

function checkShapes(path: string, outputs: object): void {
  for (const [name, shape] of Object.entries(outputs) as [string, unknown][]) {
    if (Array.isArray(shape) && shape.every(natural.accepts)) continue;
    throw new ShapeError(
      `${path}: expected a shape such as [2, 3] as output ${name} of the plan, got ${describe(shape)}; correct the plan`,
    );
  }
}

function checkNumbers(path: string, overrides: object): void {
  for (const [name, value] of Object.entries(overrides) as [string, unknown][]) {
    if (finite.accepts(value)) continue;
    throw new ValueError(
      `${path}: expected a finite number as override ${name} of the plan, got ${describe(value)}; correct the plan`,
    );
  }
}
