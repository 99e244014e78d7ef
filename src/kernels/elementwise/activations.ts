import type shader from "#shaders/elementwise/activate.wgsl";

/** Names of the files in shaders/activation. */
export type Activation = NonNullable<typeof shader.signature>["slots"]["act"];

/** The float64 twins of shaders/activation: value and derivative. The type makes the table complete. */
export const activations: Readonly<
  Record<Activation, { value: (x: number) => number; grad: (x: number) => number }>
> = {
  identity: { value: (x) => x, grad: () => 1 },
  relu: { value: (x) => Math.max(x, 0), grad: (x) => (x > 0 ? 1 : 0) },
  silu: {
    value: (x) => x / (1 + Math.exp(-x)),
    grad: (x) => {
      const s = 1 / (1 + Math.exp(-x));
      return s * (1 + x * (1 - s));
    },
  },
};
