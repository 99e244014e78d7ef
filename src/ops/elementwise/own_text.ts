/** Elementwise functions of the user's own, as kernels: those of the library with another function in them. */
import { ValueError } from "../../core/errors.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { binaryGrad } from "../../kernels/elementwise/binary_grad.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { unaryGrad } from "../../kernels/elementwise/unary_grad.ts";
import type { Kernel } from "../../kernels/kernel.ts";
import type { Signature } from "../../shader/shader.ts";

/** Numbers by name. */
export type Params = Readonly<Record<string, number>>;

/** The WGSL of an `elementwise` function: its value, its derivative, its numbers. */
export interface ElementwiseText {
  /** The function, one WGSL expression of f32: of `x`, "x / (1.0 + abs(x))", or of `a` and `b`, "sqrt(a * a + b * b)". */
  readonly f: string;
  /** Its derivative of `x`, or those of `a` and `b`. */
  readonly grad: string | { readonly a: string; readonly b: string };
  /**
   * Numbers that the expressions name, with what they are unless a call says otherwise. Each value makes a pipeline of its
   * own, as those of activations do: what changes from step to step should be a tensor, the second operand. Default none.
   */
  readonly params?: Params;
}

/** How many functions there are by name: pipelines are kept by name, so another one of the same gets a number. */
const texts = new Map<string, string[]>();

function numbered(name: string, text: string): string {
  const known = texts.get(name) ?? [];
  texts.set(name, known);
  const at = known.includes(text) ? known.indexOf(text) : known.push(text) - 1;
  return at ? `${name}.${at + 1}` : name;
}

/** The kernels' plans want one of the library's functions; whose it is does not matter here. */
const UNARY = { op: "neg" } as const;
const BINARY = { op: "add" } as const;

/** A kernel of the library with another function in the place of its own file, which comes before the program's. */
function withPoint<S extends Signature, Options>(
  { shader, plan }: Kernel<S, Options>,
  path: string,
  point: string,
): Kernel<S, Options & { readonly params: Params }> {
  const libraries = shader.parts.filter(({ file }) => file.startsWith("lib/"));
  const own = { file: `${path}.point.wgsl`, text: point };
  const { op: _, ...slots } = shader.slots;
  const parts = [...libraries, own, ...shader.parts.slice(-1)];
  return {
    shader: { ...shader, path: `${path}.wgsl`, parts, slots },
    plan(inputs, options) {
      const planned = plan(inputs, options);
      const { op: __, ...rest }: Readonly<Record<string, unknown>> = planned.slots ?? {};
      const overrides = { ...planned.overrides, ...options.params };
      return { ...planned, slots: rest as typeof planned.slots, overrides };
    },
  };
}

/** Its kernels: of one operand where `grad` is one text. */
export function kernelsOf(name: string, { f, grad, params = {} }: ElementwiseText) {
  const path = `elementwise/${numbered(name, JSON.stringify([f, grad, params]))}`;
  const given = Object.entries(params).map(
    ([each, value]) => `override ${each}: f32 = ${value};\n`,
  );
  const file = (lines: string) => `${given.join("")}${lines}`;
  if (typeof grad === "string") {
    const forward = `fn point(x: f32) -> f32 { return ${f}; }`;
    const backward = `fn point(dy: f32, x: f32) -> f32 { return dy * (${grad}); }`;
    return {
      one: {
        forward: withPoint(unary, path, file(forward)),
        backward: withPoint(unaryGrad, `${path}_grad`, file(backward)),
        options: (values: Params) => ({ ...UNARY, params: values }),
      },
    };
  }
  const forward = `fn point(a: f32, b: f32) -> f32 { return ${f}; }`;
  const backward = `override OF_B: bool = false;
fn point(dc: f32, a: f32, b: f32) -> f32 { return dc * select(${grad.a}, ${grad.b}, OF_B); }`;
  return {
    two: {
      forward: withPoint(binary, path, file(forward)),
      backward: withPoint(binaryGrad, `${path}_grad`, file(backward)),
      options: (values: Params) => ({ ...BINARY, params: values }),
    },
  };
}

/** Brackets that close what they open: the text stays one expression where it is put. */
export function checkBalanced(text: string): void {
  let depth = 0;
  for (const sign of text) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (depth < 0) break;
  }
  if (depth === 0) return;
  throw new ValueError(
    `elementwise: expected an expression whose brackets close, got "${text}"; correct it`,
  );
}
