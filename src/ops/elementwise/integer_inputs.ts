import type { DType } from "../../core/shape.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpInput } from "../op_case.ts";

/** Integers from −7 to 7, including 0, at distances of at least 1; from 0 on for u32. */
export const whole = (dtype: DType, ...shape: number[]): OpInput => ({
  shape,
  dtype,
  fill: (i) => ((i * 7) % 15) - (dtype === "u32" ? 0 : 7),
});
/** Neighbouring integers beyond 2²⁴, where f32 can represent only every second one. */
export const great = (dtype: DType, ...shape: number[]): OpInput => ({
  shape,
  dtype,
  fill: (i) => 2 ** 24 + ((i * 7) % 15),
});
export const data = ({ data: elements }: HostTensor) => Array.from(elements);

/** A case of one tensor of integers. */
export const same = (
  name: string,
  input: OpInput,
  run: (x: Tensor) => Tensor | readonly Tensor[],
  reference: OpCase["reference"],
  dtype: DType = input.dtype ?? "f32",
): OpCase => ({
  name: `integers: ${name}`,
  inputs: [input],
  run,
  reference,
  dtype,
  tolerance: "exact",
});

export const total = (x: HostTensor) => data(x).reduce((a, b) => a + b, 0);
const types = ["i32", "u32"] as const;
export const each = (make: (dtype: (typeof types)[number]) => OpCase): OpCase[] => types.map(make);
