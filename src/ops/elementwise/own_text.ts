/** Kernels of user-defined elementwise functions: kernels of the library with the function's file replaced. */
import { ValueError } from "../../core/errors.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { binaryGrad } from "../../kernels/elementwise/binary_grad.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { unaryGrad } from "../../kernels/elementwise/unary_grad.ts";
import type { Kernel } from "../../kernels/kernel.ts";
import type { Signature } from "../../shader/shader.ts";

/** Numbers by name. */
export type OwnParams = Readonly<Record<string, number>>;

/** The WGSL of an `elementwise` function: its value, its derivative, and its parameters. */
export interface ElementwiseText {
  /** The function, one f32 expression in WGSL: of `x`, "x / (1.0 + abs(x))", or of `a` and `b`, "sqrt(a * a + b * b)". */
  readonly f: string;
  /** Derivative of the function with respect to `x`, or with respect to `a` and `b`. */
  readonly grad: string | { readonly a: string; readonly b: string };
  /**
   * Parameters that the expressions name, with default values. Every set of values compiles another pipeline, as for
   * activations, so a value that changes from step to step should be a tensor: the second operand. Default none.
   */
  readonly params?: OwnParams;
}

/** Texts of the functions by name: pipelines are cached by name, so another function of the same name gets a number. */
const texts = new Map<string, string[]>();

function numbered(name: string, text: string): string {
  const known = texts.get(name) ?? [];
  texts.set(name, known);
  const at = known.includes(text) ? known.indexOf(text) : known.push(text) - 1;
  return at ? `${name}.${at + 1}` : name;
}

/** The plans of the kernels require an op of the library; any will do, since its file is replaced. */
const UNARY = { op: "neg" } as const;
const BINARY = { op: "add" } as const;

/** A kernel of the library with the file of its elementwise function replaced by another function. */
function withPoint<S extends Signature, Options>(
  { shader, plan }: Kernel<S, Options>,
  path: string,
  point: string,
): Kernel<S, Options & { readonly params: OwnParams }> {
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

/** Kernels of a function: for one operand if `grad` is a single text, else for two. */
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
        options: (values: OwnParams) => ({ ...UNARY, params: values }),
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
      options: (values: OwnParams) => ({ ...BINARY, params: values }),
    },
  };
}

/** Throws unless all brackets are balanced, so that the text stays one expression where it is inserted. */
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
