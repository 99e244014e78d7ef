import { describe, expect, test } from "vitest";
import {
  inceptionV3,
  mobilenetV2,
  resnet18,
  resnet50,
  squeezenet1_1,
} from "../../../src/models/index.ts";
import { inference, type Module } from "../../../src/nn/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import type { StepResult } from "../../../src/tensor/step_result.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { silentDevice } from "../../support/silent_device.ts";

/**
 * What every call of the evaluated model dispatches, as `explain` lists it, and what runs only after a weight has
 * changed.
 */
async function planned(build: () => Module<[Tensor], StepResult>, size: number, adapter: string) {
  await init({ device: silentDevice(adapter) });
  const model = build().eval();
  const predict = inference(model);
  await predict.prepare([{ shape: [1, 3, size, size], dtype: "f32" }]);
  const rows = predict
    .explain()
    .split("\n")
    .filter((line) => / flops /.test(line));
  const plan = predict.plan();
  predict.dispose();
  model.dispose();
  const isConstant = (row: string) => row.includes("(when a source has changed)");
  return {
    plan,
    constant: rows.filter(isConstant),
    repeated: rows.filter((row) => !isConstant(row)),
  };
}

/** Whether a dispatch reads only buffers that existed before the call; its output is bound last. */
const readsOnlyWeights = (row: string) =>
  [...row.matchAll(/=(buffer|shared|host) /g)]
    .slice(0, -1)
    .every(([, where]) => where === "shared");

/**
 * Convolutions computed by a column matrix on a software adapter: kernels larger than 1 × 1 where Winograd does not
 * apply or does not pay off.
 */
const COLUMNS = {
  ...{ MobileNetV2: 1, "ResNet-18": 7, "ResNet-50": 7, SqueezeNet: 9, InceptionV3: 42 },
} as const;

describe("inference at full size dispatches few kernels and repeats nothing that weights alone decide:", () => {
  test.each([
    ["MobileNetV2", mobilenetV2, 224, 64],
    ["ResNet-18", resnet18, 224, 51],
    ["ResNet-50", resnet50, 224, 90],
    ["SqueezeNet", squeezenet1_1, 224, 35],
    ["InceptionV3", inceptionV3, 299, 150],
  ] as const)(
    "%s",
    async (name, build, size, most) => {
      for (const adapter of ["", "swiftshader"]) {
        const { plan, constant, repeated } = await planned(build, size, adapter);
        expect(repeated.length + constant.length).toBe(plan.dispatches);
        expect(constant).toHaveLength(plan.constant);
        const columns = repeated.filter((row) => row.includes("conv2d/columns")).length;
        expect(repeated.length - columns).toBeLessThanOrEqual(most);
        expect(columns).toBe(adapter === "" ? 0 : COLUMNS[name]); // on a software adapter these extra dispatches are faster
        expect(repeated.filter(readsOnlyWeights)).toEqual([]);
        expect(repeated.filter((row) => /norm\/fold|winograd\/filter/.test(row))).toEqual([]);
        expect(constant.filter((row) => !readsOnlyWeights(row))).toEqual([]);
      }
    },
    120_000,
  );

  test("the last blocks of ResNet-18 go by tiles on a software adapter, whose transformed windows are kept", async () => {
    const { constant, repeated } = await planned(resnet18, 224, "swiftshader");
    expect(constant.filter((row) => row.includes("winograd/filter"))).toHaveLength(13);
    expect(repeated.filter((row) => row.includes("winograd/input"))).toHaveLength(13);
  }, 120_000);
});
