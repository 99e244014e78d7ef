import { differentiable } from "../../autograd/node.ts";
import { ValueError } from "../../core/errors.ts";
import { type Kind, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { unary } from "../../kernels/elementwise/unary.ts";
import { unaryGrad } from "../../kernels/elementwise/unary_grad.ts";
import type { Kernel } from "../../kernels/kernel.ts";
import type { Signature } from "../../shader/shader.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { asFloat } from "./operands.ts";

export interface ElementwiseText {
  /** The function of `x`, one WGSL expression of f32: "x / (1.0 + abs(x))". */
  readonly f: string;
  /** Its derivative, of `x`. */
  readonly grad: string;
}

const expression: Kind = {
  expected: 'an expression of WGSL such as "x * x"',
  accepts: (value) =>
    typeof value === "string" && value.trim() !== "" && !/[;{}@]|\/[/*]/.test(value),
};
const identifier: Kind = {
  expected: "a name of letters, digits and _",
  accepts: (value) => typeof value === "string" && /^[A-Za-z]\w*$/.test(value),
};

/** How many functions there are by name: pipelines are kept by name, so another one of the same gets a number. */
const texts = new Map<string, string[]>();

function numbered(name: string, text: string): string {
  const known = texts.get(name) ?? [];
  texts.set(name, known);
  const at = known.includes(text) ? known.indexOf(text) : known.push(text) - 1;
  return at ? `${name}.${at + 1}` : name;
}

/** The kernels' plans want one of the library's functions; whose it is does not matter here. */
const ANY = { op: "neg" } as const;

/** A kernel of the library with another function in the place of its own file, which comes before the program's. */
function withPoint<S extends Signature, Options>(
  { shader, plan }: Kernel<S, Options>,
  path: string,
  point: string,
): Kernel<S, Options> {
  const libraries = shader.parts.filter(({ file }) => file.startsWith("lib/"));
  const own = { file: `${path}.point.wgsl`, text: point };
  const { op: _, ...slots } = shader.slots;
  const parts = [...libraries, own, ...shader.parts.slice(-1)];
  return {
    shader: { ...shader, path: `${path}.wgsl`, parts, slots },
    plan(inputs, options) {
      const planned = plan(inputs, options);
      const { op: __, ...rest }: Readonly<Record<string, unknown>> = planned.slots ?? {};
      return { ...planned, slots: rest as typeof planned.slots };
    },
  };
}

/**
 * An elementwise operation from one line of WGSL and its derivative:
 *
 *     const softsign2 = elementwise("softsign2", {
 *       f: "x / (1.0 + abs(x))",
 *       grad: "1.0 / ((1.0 + abs(x)) * (1.0 + abs(x)))",
 *     });
 *     const y = softsign2(x);
 *
 * It takes tensors of any shape, integers as f32, is differentiable, and in a captured step becomes part of its neighbours'
 * dispatch as the library's own do. Throws `ValueError` for a name that is none and for what is no single expression; what
 * the WGSL compiler finds is thrown by what is read.
 */
export const elementwise = /* @__PURE__ */ checked(
  "elementwise",
  {
    name: identifier,
    text: /* @__PURE__ */ options<ElementwiseText>({
      f: /* @__PURE__ */ required(expression),
      grad: /* @__PURE__ */ required(expression),
    }),
  },
  (name: string, { f, grad }: ElementwiseText): ((x: Tensor) => Tensor) => {
    balanced(f);
    balanced(grad);
    const path = `elementwise/${numbered(name, `${f}\n${grad}`)}`;
    const forward = withPoint(unary, path, `fn point(x: f32) -> f32 { return ${f}; }`);
    const point = `fn point(dy: f32, x: f32) -> f32 { return dy * (${grad}); }`;
    const backward = withPoint(unaryGrad, `${path}_grad`, point);
    const map = (x: Tensor): Tensor => {
      const { y } = run(forward, { x }, ANY);
      return differentiable(name, { x }, y, { x }, (dy, saved, { x: dx }) => {
        dx?.add(run(backward, { x: saved.x, dy }, ANY, { dx: dx.into }).dx);
      });
    };
    return checked(name, { x: tensorKind }, (x: Tensor): Tensor => asFloat(x, map));
  },
);

/** Brackets that close what they open: the text stays one expression where it is put. */
function balanced(text: string): void {
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
