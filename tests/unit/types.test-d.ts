// Compiled by `npm run check`, never run: what must stay a compile error where a kernel is written, proved or used.
import activate from "#shaders/elementwise/activate.wgsl";
import { type Case, kernel, type Reference } from "../../src/kernels/kernel.ts";
import { prepare } from "../../src/kernels/prepare.ts";
import {
  classificationReport,
  type FittedSVC,
  f1Score,
  GaussianNB,
  KNeighborsClassifier,
  LinearSVC,
  SVC,
  trainTestSplit,
} from "../../src/ml/index.ts";
import type { Shader } from "../../src/shader/shader.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

// as generated for a kernel with everything: an optional input, a buffer updated in place, a slot
declare const shader: Shader<{
  reads: { x: "f32" };
  optional: { bias: "f32" };
  writes: { mean: "f32"; rstd: "f32" };
  inouts: { state: "f32" };
  params: { cols: number; sizes: readonly number[] };
  overrides: "WG";
  slots: { epilogue: "bias" | "none" };
}>;

const outputs = { mean: [1], rstd: [1] };
const params = { cols: 1, sizes: [1, 2, 3, 4] };
const slots = { epilogue: "none" } as const;
const rest = { grid: [1], flops: 0 } as const;

const stats = kernel(shader, ({ x, state, bias }, { eps }: { eps: number }) => ({
  outputs: { mean: x, rstd: bias ?? state },
  params: { cols: eps, sizes: [1, 2, 3, 4] },
  slots: { epilogue: bias ? "bias" : "none" },
  overrides: { WG: 128 },
  ...rest,
}));

// @ts-expect-error: `colz` is not a field of Params
kernel(shader, () => ({ outputs, params: { colz: 1, sizes: [] }, slots, ...rest }));
// @ts-expect-error: `sizes` is missing
kernel(shader, () => ({ outputs, params: { cols: 1 }, slots, ...rest }));
// @ts-expect-error: `sizes` is a list
kernel(shader, () => ({ outputs, params: { cols: 1, sizes: 1 }, slots, ...rest }));
// @ts-expect-error: output `rstd` is missing
kernel(shader, () => ({ outputs: { mean: [1] }, params, slots, ...rest }));
// @ts-expect-error: `y` is not an input
kernel(shader, ({ y }) => ({ outputs: { mean: y, rstd: y }, params, slots, ...rest }));
// @ts-expect-error: `bias` may be absent
kernel(shader, ({ bias }) => ({ outputs: { mean: bias, rstd: [1] }, params, slots, ...rest }));
// @ts-expect-error: `TILE` is not an override
kernel(shader, () => ({ outputs, params, slots, overrides: { TILE: 4 }, ...rest }));
// @ts-expect-error: no such file in the slot's folder
kernel(shader, () => ({ outputs, params, slots: { epilogue: "scale" }, ...rest }));
// @ts-expect-error: the slot must be filled
kernel(shader, () => ({ outputs, params, ...rest }));

const one = { outputs: { y: [1] }, ...rest };
// @ts-expect-error: the generated declaration of a real shader has no such activation
kernel(activate, () => ({ ...one, params: { packs: 1 }, slots: { act: "cubic", map: "one" } }));
// @ts-expect-error: nor such a parameter
kernel(activate, () => ({ ...one, params: { length: 1 }, slots: { act: "relu", map: "one" } }));
kernel(activate, () => ({ ...one, params: { packs: 1 }, slots: { act: "relu", map: "one" } }));

// @ts-expect-error: a reference returns what is written, `state` included
export const forgetful: Reference<typeof stats> = ({ x }) => ({ mean: x.data, rstd: x.data });
export const reference: Reference<typeof stats> = ({ x, state }, { eps }) => ({
  mean: x.data,
  rstd: [eps],
  state: state.data,
});

export const cases: Case<typeof stats>[] = [
  { name: "good", inputs: { x: [1], state: [1] }, options: { eps: 1 }, overrides: { WG: 32 } },
  // @ts-expect-error: `state` is brought by the caller
  { name: "no state", inputs: { x: [1] }, options: { eps: 1 } },
  // @ts-expect-error: `epsilon` is not an option
  { name: "other option", inputs: { x: [1], state: [1] }, options: { epsilon: 1 } },
  // @ts-expect-error: `TILE` is not an override
  { name: "no tile", inputs: { x: [1], state: [1] }, options: { eps: 1 }, overrides: { TILE: 1 } },
];

declare const device: GPUDevice;
void prepare(device, stats, { x: [1], state: [1] }, { eps: 1 });
// @ts-expect-error: `state` is missing
void prepare(device, stats, { x: [1] }, { eps: 1 });
// @ts-expect-error: `eps` is missing
void prepare(device, stats, { x: [1], state: [1] }, {});

// labels: classes and predictions are of the kind of y
declare const X: readonly number[][];
declare const named: readonly string[];
declare const measured: Float32Array;
declare const big: BigInt64Array;
declare const onGpu: Tensor;

const byName = await new SVC().fit(X, named);
export const names: string[] = await byName.predict(X);
export const literals: string[] = (await new LinearSVC().fit(X, ["no", "yes"])).classes;
export const flags: boolean[] = await (await new GaussianNB().fit(X, [true, false])).predict(X);
export const numbers: Float64Array = await (await new SVC().fit(X, measured)).predict(X);
export const safe: Float64Array = (await new KNeighborsClassifier().fit(X, big)).classes;
export const fromTensor: Float64Array = (await new SVC().fit(X, onGpu)).classes;
export const share: number = await byName.score(X, ["no", "maybe"]);
export const loaded: FittedSVC<string> = SVC.fromJSON(byName.toJSON());
export const halves: string[] = (await trainTestSplit(X, named)).yTrain;
export const report: string | undefined = classificationReport(named, names)[0]?.label;
// @ts-expect-error: labels of another kind than fit's
byName.score(X, [0, 1]);
// @ts-expect-error: predictions of names are no numbers
export const wrong: Float64Array = await byName.predict(X);
// @ts-expect-error: null is no label
new SVC().fit(X, ["a", null]);
// @ts-expect-error: labels are of the kind of yTrue
f1Score(named, names, { posLabel: 1 });
