import type { HostTensor } from "../kernels/kernel.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import type { OpCase, OpCases, OpInput } from "../ops/op_case.ts";
import { sum } from "../ops/reduce/reduce.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { countNonzero, elasticNet, l1Regularizer, l2Regularizer } from "./regularizer.ts";

const inputs: OpInput[] = [{ shape: [7, 11] }, { shape: [5] }, { shape: [64] }];
const tolerance = { length: 150 };

const cost = (parameters: readonly HostTensor[], l1: number, l2: number) => {
  const all = parameters.flatMap(({ data }) => Array.from(data));
  return [all.reduce((total, p) => total + l1 * Math.abs(p) + l2 * p * p, 0)];
};

const example = (
  name: string,
  run: (parameters: Tensor[]) => Tensor,
  l1: number,
  l2: number,
  given = inputs,
): OpCase => ({
  name,
  inputs: given,
  run: (...parameters) => run(parameters),
  reference: (...parameters) => cost(parameters, l1, l2),
  shape: [],
  tolerance,
  gradTolerance: {},
});

const [first = { shape: [1] }, ...others] = inputs;
const frozen = [{ ...first, grad: false }, ...others];
const withNaN: OpInput = { shape: [3], fill: (i) => (i === 1 ? NaN : 1), grad: false };

/** The loss comes before or after the penalty: the backward of one writes the gradients, the other's adds to them. */
const besideLoss = (name: string, penaltyFirst: boolean): OpCase => ({
  name,
  inputs: [{ shape: [9, 3] }, { shape: [4] }],
  run: (a, b) => {
    const penalty = () => l1Regularizer([a as Tensor, b as Tensor], 0.25);
    const loss = () => sum(mul(a as Tensor, 3));
    if (penaltyFirst) {
      const p = penalty();
      return add(loss(), p);
    }
    const l = loss();
    return add(l, penalty());
  },
  reference: (...parameters) => {
    const [penalty = 0] = cost(parameters, 0.25, 0);
    const [a] = parameters;
    return [penalty + 3 * Array.from(a?.data ?? []).reduce((x, y) => x + y, 0)];
  },
  tolerance,
  gradTolerance: {},
});

const counting = (name: string, x: OpInput, tolerance_: number, expected: number): OpCase => ({
  name,
  inputs: [x, { shape: [70], fill: () => 0, grad: false }],
  run: (...parameters) => countNonzero(parameters, { tolerance: tolerance_ }),
  reference: () => [expected],
  shape: [],
  tolerance: "exact",
});

export const cases: OpCases = {
  l1Regularizer: [
    example("three parameters", (p) => l1Regularizer(p, 0.5), 0.5, 0),
    example(
      "a frozen one counts, but has no gradient",
      (p) => l1Regularizer(p, 0.5),
      0.5,
      0,
      frozen,
    ),
    besideLoss("made before the loss: added to its gradients", true),
    besideLoss("made after the loss: written first", false),
    example("safety: NaN stays NaN", (p) => l1Regularizer(p, 1), 1, 0, [withNaN]),
  ],
  l2Regularizer: [
    example("three parameters", (p) => l2Regularizer(p, 0.1), 0, 0.1),
    {
      ...example("parameters of two arenas", (p) => l2Regularizer(p, 0.1), 0, 0.1),
      run: (...parameters) => {
        l2Regularizer(parameters.slice(0, 2), 1);
        return l2Regularizer(parameters, 0.1);
      },
    },
    {
      ...example(
        "some parameters of an arena",
        () => l2Regularizer([], 0),
        0,
        0.1,
        inputs.slice(0, 1),
      ),
      inputs: [first, { shape: [5], grad: false }],
      run: (a, b) => {
        l2Regularizer([a as Tensor, b as Tensor], 1);
        return l2Regularizer([a as Tensor], 0.1);
      },
      reference: (a) => cost([a as HostTensor], 0, 0.1),
    },
  ],
  elasticNet: [
    example("three parameters", (p) => elasticNet(p, { l1: 0.3, l2: 0.2 }), 0.3, 0.2),
    example("more than a piece", (p) => elasticNet(p, { l1: 0.3, l2: 0.2 }), 0.3, 0.2, [
      { shape: [70, 70], grad: false },
    ]),
  ],
  countNonzero: [
    counting("zeros left out", { shape: [9], fill: (i) => i % 3, grad: false }, 0, 6),
    counting("above a tolerance", { shape: [9], fill: (i) => (i % 3) / 2, grad: false }, 0.5, 3),
    counting("safety: NaN counts", withNaN, 1, 1),
  ],
};
