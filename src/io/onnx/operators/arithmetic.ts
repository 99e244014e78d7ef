import {
  clamp,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  where,
} from "../../../ops/elementwise/compare.ts";
import { add, div, maximum, minimum, mul, pow, sub } from "../../../ops/elementwise/elementwise.ts";
import { floor, trunc } from "../../../ops/elementwise/pointwise.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { type ElementType, isWhole } from "../elements.ts";
import { combined } from "../host.ts";
import {
  floatOf,
  floatsOnly,
  type HostCall,
  hasAttribute,
  intOf,
  type NodeCall,
  type Operator,
  type Result,
} from "../operator.ts";

type Binary<T> = (a: T, b: T) => T;

/** An operator with two operands that broadcast. */
function pairwise(
  gpu: Binary<Tensor>,
  host: (a: number, b: number, whole: boolean) => number,
  bool?: "bool",
): Operator {
  return {
    run: (call) => typed(gpu(call.tensor(0), call.tensor(1)), bool),
    fold: (call) => {
      const values = [call.value(0), call.value(1)];
      const whole = isWhole(call.type(0));
      return combined((a, b) => host(a as number, b as number, whole), values, bool);
    },
  };
}

const typed = (tensor: Tensor, type?: ElementType): Result =>
  type ? { tensor, type, shape: tensor.shape } : tensor;

const compared = (gpu: Binary<Tensor>, host: (a: number, b: number) => boolean): Operator =>
  pairwise(gpu, (a, b) => (host(a, b) ? 1 : 0), "bool");

/** An operator with any number of operands. */
function all(
  gpu: Binary<Tensor>,
  host: Binary<number>,
  end?: (sum: Tensor, count: number) => Tensor,
): Operator {
  return {
    run: (call) => {
      const inputs = Array.from({ length: call.count }, (_, i) => call.tensor(i));
      const result = inputs.reduce((a, b) => gpu(a, b));
      return end ? end(result, inputs.length) : result;
    },
    fold: (call) => {
      const values = Array.from({ length: call.count }, (_, i) => call.value(i));
      return combined(
        (...each) => each.reduce((a, b) => host(a, b)) / (end ? each.length : 1),
        values,
      );
    },
  };
}

/** a − b · ⌊a / b⌋, or with `fmod` the remainder with a's sign. */
const modulo: Operator = {
  refuse: floatsOnly,
  run: (call) => {
    const [a, b] = [call.tensor(0), call.tensor(1)];
    const parts = intOf(call, "fmod", 0) ? trunc(div(a, b)) : floor(div(a, b));
    return sub(a, mul(b, parts));
  },
  fold: (call) => {
    const fmod = intOf(call, "fmod", 0) === 1;
    const rest = (a: number, b: number) => (fmod ? a % b : a - b * Math.floor(a / b));
    return combined((a, b) => rest(a as number, b as number), [call.value(0), call.value(1)]);
  },
};

/** Bounds are attributes up to opset 10, inputs from opset 11. */
function boundsOf(call: NodeCall | HostCall): { min?: number; max?: number } {
  const bound = (input: number, name: string) => {
    if (call.has(input)) return ("value" in call ? call.value(input).data : call.numbers(input))[0];
    return hasAttribute(call, name) ? floatOf(call, name, 0) : undefined;
  };
  const [min, max] = [bound(1, "min"), bound(2, "max")];
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

const clip: Operator = {
  host: [1, 2],
  run: (call) => {
    const bounds = boundsOf(call);
    return Object.keys(bounds).length ? clamp(call.tensor(0), bounds) : call.tensor(0);
  },
  fold: (call) => {
    const { min = -Infinity, max = Infinity } = boundsOf(call);
    return combined((x) => Math.min(Math.max(x as number, min), max), [call.value(0)]);
  },
};

const choose: Operator = {
  run: (call) => typed(where(call.tensor(0), call.tensor(1), call.tensor(2)), call.type(1)),
  fold: (call) => {
    const values = [call.value(0), call.value(1), call.value(2)];
    return combined((c, a, b) => (c ? a : b) as number, values, call.type(1));
  },
};

const not: Operator = {
  run: (call) => logicalNot(call.tensor(0)),
  fold: (call) => combined((x) => (x ? 0 : 1), [call.value(0)]),
};

/** Arithmetic, comparison and logic, by ONNX's names. Integer division rounds towards 0. */
export const arithmetic: Readonly<Record<string, Operator>> = {
  Add: pairwise(add, (a, b) => a + b),
  Sub: pairwise(sub, (a, b) => a - b),
  Mul: pairwise(mul, (a, b) => a * b),
  Div: {
    ...pairwise(div, (a, b, whole) => (whole ? Math.trunc(a / b) : a / b)),
    refuse: floatsOnly,
  },
  Pow: pairwise(pow, (a, b) => a ** b),
  Mod: modulo,
  Max: all(maximum, Math.max),
  Min: all(minimum, Math.min),
  Sum: all(add, (a, b) => a + b),
  Mean: all(
    add,
    (a, b) => a + b,
    (sum, count) => div(sum, count),
  ),
  Equal: compared(equal, (a, b) => a === b),
  Less: compared(less, (a, b) => a < b),
  LessOrEqual: compared(lessEqual, (a, b) => a <= b),
  Greater: compared(greater, (a, b) => a > b),
  GreaterOrEqual: compared(greaterEqual, (a, b) => a >= b),
  And: compared(logicalAnd, (a, b) => a !== 0 && b !== 0),
  Or: compared(logicalOr, (a, b) => a !== 0 || b !== 0),
  Xor: compared(logicalXor, (a, b) => (a !== 0) !== (b !== 0)),
  Not: not,
  Where: choose,
  Clip: clip,
};
