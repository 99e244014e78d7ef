import { expect, test, vi } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { leaks } from "../../../src/tensor/leaks.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { allOps } from "../../../src/testing/modules.ts";
import { opInput } from "../../../src/testing/run_op_case.ts";

test("no operation leaves a tensor behind that it made for a result before the lost device was told", async () => {
  const { device } = (await init()).gpu;
  const all = allOps().flatMap(({ name, cases }) =>
    cases.map((each) => {
      const inputs = each.inputs.map((input, i) => {
        const { shape, data } = opInput(input, i);
        return tensor(data, { shape, dtype: input.dtype ?? "f32" });
      });
      return { name: `${name}: ${each.name}`, run: each.run, inputs };
    }),
  );
  device.destroy();
  await device.lost;
  await new Promise((done) => setTimeout(done));
  const held = new Set<Tensor>();
  const watch = vi.spyOn(leaks, "watch").mockImplementation((each) => void held.add(each));
  const forget = vi.spyOn(leaks, "forget").mockImplementation((each) => void held.delete(each));
  const left: string[] = [];
  let told = 0;
  for (const { name, run, inputs } of all) {
    try {
      const made = noGrad(() => run(...inputs));
      for (const each of [made].flat()) (each as Tensor).dispose?.(); // views need no device
    } catch (error) {
      expect(error, name).toBeInstanceOf(DeviceLostError);
      told++;
    }
    if (held.size > 0) left.push(`${name}: ${[...held].join(", ")}`);
    held.clear();
  }
  watch.mockRestore();
  forget.mockRestore();
  for (const { inputs } of all) for (const each of inputs) each.dispose();
  expect(left).toEqual([]);
  expect(told).toBeGreaterThan(0.8 * all.length);
});
