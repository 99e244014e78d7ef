import { differentiable } from "../../autograd/node.ts";
import { either, finite, type Kind, required } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { paired } from "./elementwise.ts";
import { asFloat, type Operand, pairKinds } from "./operands.ts";
import { checkBalanced, type ElementwiseText, kernelsOf, type OwnParams } from "./own_text.ts";

export type { ElementwiseText } from "./own_text.ts";

const expression: Kind = {
  expected: 'an expression of WGSL such as "x * x"',
  accepts: (value) =>
    typeof value === "string" && value.trim() !== "" && !/[;{}@]|\/[/*]/.test(value),
};
const identifier: Kind = {
  expected: "a name of letters, digits and _",
  accepts: (value) => typeof value === "string" && /^[A-Za-z]\w*$/.test(value),
};
/** Names that the text of an elementwise function uses itself. */
const TAKEN = ["x", "dy", "a", "b", "dc", "f", "point", "params", "WG", "OF_B"];
const numbersByName: Kind = {
  expected: `finite numbers by name, which is none of ${TAKEN.join(", ")}`,
  advice: "write { beta: 1 }",
  accepts: (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(
      ([name, each]) => identifier.accepts(name) && !TAKEN.includes(name) && Number.isFinite(each),
    ),
};

/** Type of the params that a call may give; each is optional. */
type GivenParams<T> = T extends { readonly params: infer P }
  ? [options?: { readonly [Name in keyof P]?: number }]
  : [];

/** The type of an elementwise function: of one operand if `grad` is a single text, else of two that broadcast. */
export type ElementwiseFunction<T extends ElementwiseText> = T["grad"] extends string
  ? (x: Tensor, ...options: GivenParams<T>) => Tensor
  : (a: Tensor | number, b: Tensor | number, ...options: GivenParams<T>) => Tensor;

/** Passes an operand, converted to f32, to `use`. */
const asFloats = (x: Operand, use: (x: Operand) => Tensor): Tensor =>
  typeof x === "number" ? use(x) : asFloat(x, use);

/** Makes the public operation of an elementwise function: differentiable, with all kinds of operands. */
function operation(name: string, text: ElementwiseText) {
  const { one, two } = kernelsOf(name, text);
  if (one) {
    return (x: Tensor, params: OwnParams): Tensor =>
      asFloat(x, (float) => {
        const given = one.options(params);
        const { y } = run(one.forward, { x: float }, given);
        return differentiable(name, { x: float }, y, { x: float }, (dy, saved, { x: dx }) => {
          dx?.add(run(one.backward, { x: saved.x, dy }, given, { dx: dx.into }).dx);
        });
      });
  }
  return (first: Operand, second: Operand, params: OwnParams): Tensor => {
    const given = two.options(params);
    const pair: Parameters<typeof paired>[3] = {
      forward: (a, b) => run(two.forward, { a, b }, given).c,
      slope: (inputs, of, dop) => run(two.backward, inputs, { ...given, of }, { dop }).dop,
    };
    return asFloats(first, (a) => asFloats(second, (b) => paired(name, a, b, pair)));
  };
}

/**
 * An elementwise operation from one line of WGSL and its derivative:
 *
 *     const softsign2 = elementwise("softsign2", {
 *       f: "x / (1.0 + abs(x))",
 *       grad: "1.0 / ((1.0 + abs(x)) * (1.0 + abs(x)))",
 *     });
 *     const hypot = elementwise("hypot", {
 *       f: "sqrt(a * a + b * b)",
 *       grad: { a: "a / sqrt(a * a + b * b)", b: "b / sqrt(a * a + b * b)" },
 *     });
 *     const power = elementwise("power", { f: "scale * x * x", grad: "2.0 * scale * x", params: { scale: 1 } });
 *     const y = power(hypot(softsign2(x), 1), { scale: 3 });
 *
 * It takes tensors of any shape and converts integers to f32; two operands broadcast, and one of them may be a number. It
 * is differentiable, and is fused in captured steps like the library's own operations. Throws `ValueError` for an invalid
 * name and for a text that is not one expression; errors of the WGSL compiler reject when a result is read.
 *
 * @example
 * ```ts
 * import { elementwise, tensor } from "wgrad";
 * const cube = elementwise("cube", { f: "x * x * x", grad: "3.0 * x * x" });
 * console.log(await cube(tensor([2, 3])).read()); // [8, 27]
 * ```
 */
export const elementwise = /* @__PURE__ */ checked(
  "elementwise",
  {
    name: identifier,
    text: /* @__PURE__ */ options<ElementwiseText>({
      f: /* @__PURE__ */ required(expression),
      grad: /* @__PURE__ */ required(
        /* @__PURE__ */ either(
          expression,
          /* @__PURE__ */ options<Record<"a" | "b", string>>({
            a: /* @__PURE__ */ required(expression),
            b: /* @__PURE__ */ required(expression),
          }),
        ),
      ),
      params: numbersByName,
    }),
  },
  <const T extends ElementwiseText>(name: string, text: T): ElementwiseFunction<T> => {
    const { f, grad, params: defaults = {} } = text;
    for (const each of [f, ...(typeof grad === "string" ? [grad] : [grad.a, grad.b])]) {
      checkBalanced(each);
    }
    const work = operation(name, text) as (...of: [...Operand[], OwnParams]) => Tensor;
    const operands = typeof grad === "string" ? { x: tensorKind } : pairKinds;
    const kinds = Object.fromEntries(Object.keys(defaults).map((each) => [each, finite]));
    const more = text.params ? { options: options<OwnParams>(kinds) } : undefined;
    const count = Object.keys(operands).length;
    const call = (...given: [...Operand[], OwnParams | undefined]): Tensor => {
      const all = { ...defaults };
      for (const [each, value] of Object.entries(given[count] ?? {})) {
        if (value !== undefined) all[each] = value;
      }
      return work(...(given.slice(0, count) as Operand[]), all);
    };
    const made: unknown = checked(name, { ...operands, ...more }, call);
    return made as ElementwiseFunction<T>;
  },
);
