import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { leaks } from "../../../src/tensor/leaks.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const made = (name: string) => ({ name, storage: { bytes: 16 } }) as Tensor;

test("the console says once that tensors were collected, and only if the program makes more", async () => {
  const watch = new (leaks.constructor as new () => typeof leaks)();
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const lose = (...names: string[]) => {
    for (const name of names) watch.watch(made(name));
    return vi.waitFor(() => {
      collect();
      expect(watch.report().names.slice(-names.length).sort()).toEqual(names.sort());
    });
  };
  await lose("x", "y");
  expect(watch.report()).toMatchObject({ count: 2, bytes: 32 });
  expect(warn).not.toHaveBeenCalled(); // the program may have ended
  await lose("z");
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/^wgrad: tensors \([xy],[xy]; 32 bytes\) were collected without dis/)],
  ]);
  await lose("again");
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});
