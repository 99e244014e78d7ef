import { broadcastShapes, coordinates, type Shape, size, strides } from "../../core/shape.ts";
import { type ElementType, elementOf, type HostValue } from "./elements.ts";

/** A host value whose elements are taken from another one, at the coordinates that `source` returns. */
export function picked(
  x: HostValue,
  shape: Shape,
  source: (at: readonly number[]) => readonly number[],
): HostValue {
  const steps = strides(x.shape);
  const data = Float64Array.from({ length: size(shape) }, (_, i) => {
    const from = source(coordinates(i, shape));
    return x.data[from.reduce((sum, at, axis) => sum + at * (steps[axis] as number), 0)] as number;
  });
  return { type: x.type, shape, data };
}

/** x broadcast to a shape. */
export function spread(x: HostValue, shape: Shape): HostValue {
  const lead = shape.length - x.shape.length;
  return picked(x, shape, (at) =>
    x.shape.map((n, axis) => (n === 1 ? 0 : (at[axis + lead] as number))),
  );
}

/** Applies a function to elements with broadcasting; the result has the first operand's dtype by default. */
export function combined(
  work: (...values: number[]) => number,
  values: readonly HostValue[],
  type: ElementType = (values[0] as HostValue).type,
): HostValue {
  const shape = values.reduce<Shape>(
    (whole, { shape }) => broadcastShapes("loadOnnx", whole, shape),
    [],
  );
  const wide = values.map((value) => spread(value, shape).data);
  const data = Float64Array.from({ length: size(shape) }, (_, i) =>
    elementOf(type, work(...wide.map((each) => each[i] as number))),
  );
  return { type, shape, data };
}

/** The same numbers in another shape. */
export const reshaped = (x: HostValue, shape: Shape): HostValue => ({ ...x, shape });

/** Reduces axes of x one after the other. */
export function reduced(
  x: HostValue,
  axes: readonly number[],
  keep: boolean,
  work: (values: number[]) => number,
): HostValue {
  const wide = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const within = x.shape.map((n, axis) => (axes.includes(axis) ? n : 1));
  const steps = strides(x.shape);
  const offset = (at: readonly number[]) =>
    at.reduce((sum, each, axis) => sum + each * (steps[axis] as number), 0);
  const inner = Array.from({ length: size(within) }, (_, i) => offset(coordinates(i, within)));
  const data = Float64Array.from({ length: size(wide) }, (_, i) => {
    const start = offset(coordinates(i, wide));
    return elementOf(x.type, work(inner.map((more) => x.data[start + more] as number)));
  });
  return {
    type: x.type,
    shape: keep ? wide : wide.filter((_, axis) => !axes.includes(axis)),
    data,
  };
}

/** Integers as an int64 vector. */
export const row = (values: readonly number[]): HostValue => ({
  type: "int64",
  shape: [values.length],
  data: Float64Array.from(values),
});

export const scalar = (type: ElementType, value: number): HostValue => ({
  type,
  shape: [],
  data: Float64Array.of(value),
});
