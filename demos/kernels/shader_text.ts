import { bindingsOf } from "wgrad/kernels";
import { planCase } from "wgrad/testing";
import type { KernelCase, KernelModule } from "./entries.ts";

type Shader = KernelModule["kernel"]["shader"];

/** The file in each slot. */
export type Fill = Readonly<Record<string, string>>;

/** One file that a shader is linked from. */
export interface File {
  readonly file: string;
  readonly text: string;
}

/** The files of a shader: its own first, then those in the slots, then the library's. */
export function filesOf(shader: Shader, fill: Fill): File[] {
  const chosen = Object.entries(fill).flatMap(
    ([slot, choice]) => shader.slots[slot]?.[choice]?.parts ?? [],
  );
  const own = shader.parts.filter(({ file }) => file === shader.path);
  const all = [...own, ...[...chosen].reverse(), ...[...shader.parts].reverse()];
  return all.filter((part, i) => all.findIndex(({ file }) => file === part.file) === i);
}

/** The comment at the top of a shader, which says what it computes; directives may stand before, after and within it. */
export function formulaOf(shader: Pick<Shader, "parts" | "path">): string {
  const { text = "" } = shader.parts.find(({ file }) => file === shader.path) ?? {};
  const [opening = ""] = /^(?:(?:\/\/.*)?\r?\n)*/.exec(text) ?? [];
  const comments = opening.split(/\r?\n/).filter((line) => !line.startsWith("//!"));
  const [first = ""] = comments
    .join("\n")
    .trim()
    .split(/\n{2,}/);
  return first.replace(/^\/\/ ?/gm, "");
}

export interface BindingRow {
  readonly index: number;
  readonly name: string;
  readonly access: string;
  readonly type: string;
  /** The shape, from the shader's comment. */
  readonly shape: string;
  /** The shape in the selected case. */
  readonly here: string;
}

/** Buffers with the shape that the shader declares and that of the case. */
export function bindingRows(shader: Shader, fill: Fill, plan: CasePlan | undefined): BindingRow[] {
  const code = filesOf(shader, fill)
    .map(({ text }) => text)
    .join("\n");
  return bindingsOf(shader, fill).map(({ index, name, access, dtype }) => {
    const line = new RegExp(`\\b${name}\\s*:\\s*([^;]+);[ \\t]*(?://[ \\t]*(.*))?`).exec(
      code.slice(code.search(new RegExp(`var<storage[^>]*>\\s*${name}\\b`))),
    );
    const here = plan?.shapes[name];
    return {
      ...{ index, name, access: access === "inout" ? "updated" : access },
      ...{
        type: line?.[1] ?? dtype,
        shape: line?.[2] ?? "",
        here: here ? `[${here.join(", ")}]` : "",
      },
    };
  });
}

/** The comment beside a member of `struct Params`. */
export function paramComment(shader: Shader, name: string): string {
  const code = shader.parts.map(({ text }) => text).join("\n");
  const body = /struct Params \{([\s\S]*?)\}/.exec(code)?.[1] ?? "";
  return new RegExp(`\\b${name}\\s*:[^\\n/]*//[ \\t]*(.*)`).exec(body)?.[1] ?? "";
}

/** The value of a Params member: numbers, or structs with the names of their members. */
export type ParamValue = number | readonly ParamValue[] | { readonly [Name: string]: ParamValue };

/** The kernel's plan for a case. */
export interface CasePlan {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly slots: Fill;
  readonly overrides: Readonly<Record<string, number>>;
  readonly workgroups: readonly number[];
  readonly flops: number;
}

/** The plan of a case, from the shapes of its inputs alone. */
export function casePlan({ kernel }: KernelModule, each: KernelCase): CasePlan {
  const specs = Object.entries(each.inputs as Readonly<Record<string, Spec | undefined>>);
  const inputs = Object.fromEntries(
    specs.flatMap(([name, spec]) =>
      spec ? [[name, { shape: "shape" in spec ? spec.shape : spec, data: [] }]] : [],
    ),
  );
  const plan = planCase(kernel, inputs, each);
  const shapes = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [name, shape]),
  );
  return {
    shapes: { ...shapes, ...plan.outputs },
    params: plan.params as CasePlan["params"],
    slots: (plan.slots ?? {}) as Fill,
    overrides: { ...plan.overrides, ...each.overrides } as CasePlan["overrides"],
    workgroups: plan.grid.filter((n) => n !== undefined),
    flops: plan.flops,
  };
}

type Spec = readonly number[] | { readonly shape: readonly number[] };
