import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { leaks } from "../../../src/tensor/leaks.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const made = (name: string, bytes = 16) => ({ name, storage: { bytes } }) as Tensor;

test.each([
  ["64 tensors", 16, 64],
  ["1 MiB of them", 2 ** 20, 1],
])(
  "the console says once that %s were collected, and only if the program makes more",
  async (_, bytes, most) => {
    const watch = new (leaks.constructor as new () => typeof leaks)();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const lose = async (count: number) => {
      const wanted = watch.report().count + count;
      for (let i = 0; i < count; i++) watch.watch(made(`t${i}`, bytes));
      await vi.waitFor(() => {
        collect();
        expect(watch.report()).toMatchObject({ count: wanted, bytes: wanted * bytes });
      });
    };
    await lose(most - 1);
    await lose(1);
    expect(warn).not.toHaveBeenCalled(); // the program may have ended
    await lose(1);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^wgrad: tensors \(t[^)]*\) were collected without dispose/)],
    ]);
    await lose(1);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  },
);
