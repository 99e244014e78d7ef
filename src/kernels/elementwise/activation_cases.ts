import type { InputSpec } from "../kernel.ts";
import {
  type Activation,
  type ActivationOptions,
  activations,
  hostilePoints,
  nameOf,
  parametrised,
  safetyActivations,
  safetyPoints,
} from "./activations.ts";

const points = (list: readonly number[]) => ({
  shape: [list.length],
  fill: (i: number) => list[i] as number,
});

/** Cases of a kernel of one activation, for inputs made of x. */
export function activationCases<Inputs>(inputsOf: (x: InputSpec) => Inputs) {
  const of = (name: string, x: InputSpec, options: ActivationOptions) => ({
    ...{ name, inputs: inputsOf(x), options },
  });
  const hostile = points(hostilePoints);
  return [
    ...(Object.keys(activations) as Activation[]).flatMap((act) => [
      of(act, [5, 77], { act }),
      of(`${act}, four a lane`, [3, 44], { act }),
      of(`${act}, kinks and limits`, hostile, { act }),
    ]),
    ...safetyActivations.map((act) =>
      of(`safety: ${act} at ±1e4 and NaN`, points(safetyPoints), { act }),
    ),
    ...parametrised.map((options) => of(nameOf(options), hostile, options)),
    of("a scalar", [], { act: "relu" }),
    of("no elements", [3, 0], { act: "relu" }),
  ];
}

/** Large inputs of one activation. */
export const activationBenches = <Inputs>(inputsOf: (x: InputSpec) => Inputs) =>
  (["relu", "gelu"] as const).map((act) => ({
    name: `${act}, 16 Mi elements`,
    inputs: inputsOf([4096, 4096]),
    options: { act },
  }));
