import { describe, expect, test } from "vitest";
import { size } from "../../../src/core/shape.ts";
import type { OpCase } from "../../../src/ops/op_case.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { allOps } from "../../../src/testing/modules.ts";
import { opInput } from "../../../src/testing/run_op_case.ts";
import { silentDevice } from "../../support/silent_device.ts";

const engine = await init({ device: silentDevice() });
const current = await init({ device: silentDevice() });

/** Runs a case forward and backward with all inputs on an engine that is not the current one. */
function foreign({ inputs, run }: OpCase): readonly Tensor[] {
  const leaves = inputs.map((input, i) => {
    const { shape, data } = opInput(input, i);
    const { dtype = "f32", grad = dtype === "f32" } = input;
    return tensor(data, { shape, dtype, engine, requiresGrad: grad });
  });
  const made = run(...leaves);
  const results = Array.isArray(made) ? (made as readonly Tensor[]) : [made as Tensor];
  for (const y of results) {
    if (!y.node) continue;
    const ones = new Float32Array(size(y.shape)).fill(1);
    y.backward(tensor(ones, { shape: y.shape, engine }));
  }
  const gradients = leaves.flatMap(({ grad }) => (grad ? [grad] : []));
  return [...results, ...gradients];
}

describe("operations on the engine that is not the current one:", () => {
  for (const { name, cases } of allOps()) {
    const all = cases.filter(({ inputs }) => inputs.length > 0);
    if (all.length === 0) continue;
    test(name, () => {
      const faults: string[] = [];
      for (const each of all) {
        try {
          scope(() => {
            const there = foreign(each).every((result) => result.engine === engine);
            if (!there) faults.push(`${each.name}: a result is on the other engine`);
          });
        } catch (error) {
          faults.push(`${each.name}: ${error}`);
        }
      }
      expect(faults.join("\n")).toBe("");
    });
  }

  test("queue nothing on the current one", async () => {
    await Promise.all([engine.finish(), current.finish()]);
    expect(current.counters().dispatches).toBe(0);
  });
});
