import { type DType, type Shape, size } from "../core/shape.ts";
import { checkedAsync } from "../core/signature.ts";
import { tensorKind } from "./kinds.ts";
import type { Tensor } from "./tensor.ts";

/** Tensors with more elements are abbreviated to the first and last `EDGE` of every axis. */
const THRESHOLD = 1000;
const EDGE = 3;
const LINE = 80;

/**
 * Writes a tensor to the console as PyTorch does, and resolves to the text. Tensors of more than 1,000 elements are
 * abbreviated to the first and last three of every axis. Waits for the content, as `read()` does.
 *
 * @example
 * ```ts
 * import { print, tensor } from "wgrad";
 * await print(tensor([1, 2]));
 * // tensor([1., 2.], shape: [2], dtype: "f32", name: "tensor")
 * ```
 */
export const print = /* @__PURE__ */ checkedAsync(
  "print",
  { tensor: tensorKind },
  async (tensor: Tensor): Promise<string> => {
    const { name, shape, dtype, requiresGrad } = tensor;
    const body = layout(await tensor.read(), shape, dtype);
    const gradient = requiresGrad ? ", requiresGrad: true" : "";
    const text = `tensor(${body}, shape: [${shape.join(", ")}], dtype: "${dtype}", name: "${name}"${gradient})`;
    console.log(text);
    return text;
  },
);

/** Row-major values as nested lists, indented to follow `tensor(`; after PyTorch's torch/_tensor_str.py. */
export function layout(values: ArrayLike<number>, shape: Shape, dtype: DType): string {
  if (values.length === 0) return "[]";
  const short = values.length > THRESHOLD;
  const shown: number[] = [];
  visit(shape, 0, short, (at) => shown.push(values[at] as number));
  const format = formatter(shown, dtype);
  return nested(shape, 0, "tensor([".length, { short, text: (at) => format(values[at] as number) });
}

/** Indices that are shown along an axis; undefined stands for the omitted ones. */
function places(n: number, short: boolean): (number | undefined)[] {
  if (!short || n <= 2 * EDGE) return Array.from({ length: n }, (_, i) => i);
  const edge = [0, 1, 2];
  return [...edge, undefined, ...edge.map((i) => n - EDGE + i)];
}

function visit(shape: Shape, start: number, short: boolean, see: (at: number) => void): void {
  const [n, ...inner] = shape;
  if (n === undefined) {
    see(start);
    return;
  }
  for (const i of places(n, short)) {
    if (i !== undefined) visit(inner, start + i * size(inner), short, see);
  }
}

interface NumberForm {
  readonly short: boolean;
  readonly text: (at: number) => string;
}

function nested(shape: Shape, start: number, indent: number, look: NumberForm): string {
  const [n, ...inner] = shape;
  if (n === undefined) return look.text(start);
  const parts = places(n, look.short).map((i) =>
    i === undefined ? "..." : nested(inner, start + i * size(inner), indent + 1, look),
  );
  const margin = `\n${" ".repeat(indent)}`;
  if (inner.length > 0)
    return `[${parts.join(`,${margin.padStart(inner.length + indent, "\n")}`)}]`;
  const perLine = Math.max(1, Math.floor((LINE - indent + 1) / ((parts[0]?.length ?? 0) + 2)));
  const lines = Array.from({ length: Math.ceil(parts.length / perLine) }, (_, line) =>
    parts.slice(line * perLine, (line + 1) * perLine).join(", "),
  );
  return `[${lines.join(`,${margin}`)}]`;
}

/** A format that writes all of these numbers with the same width. */
function formatter(values: readonly number[], dtype: DType): (value: number) => string {
  const write = dtype === "i32" || dtype === "u32" ? String : floats(values);
  const width = Math.max(...values.map((value) => write(value).length));
  return (value) => write(value).padStart(width);
}

function floats(values: readonly number[]): (value: number) => string {
  const sizes = values.map(Math.abs).filter((value) => value > 0 && value < Infinity);
  const max = Math.max(...sizes);
  const min = Math.min(...sizes);
  const whole = sizes.every(Number.isInteger);
  const scientific = max / min > 1000 || max > 1e8 || (!whole && min < 1e-4);
  return (value) => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    if (scientific) return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
    const zero = Object.is(value, -0) ? "-" : "";
    return zero + (whole ? `${value.toFixed(0)}.` : value.toFixed(4));
  };
}
