import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { loadStateDict, openTorch, writeSafetensors } from "../../../src/io/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { bytesOf, foreign } from "../../support/files.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const make = () => new nn.Sequential(new nn.Linear(3, 2), new nn.BatchNorm1d(2));

/** A state dict's values, by name. */
async function valuesOf(model: nn.AnyModule) {
  const state = await model.stateDict();
  return Object.fromEntries(Object.entries(state).map(([name, { data }]) => [name, [...data]]));
}

describe("loadStateDict of wgrad/io", () => {
  test("loads what PyTorch saved, num_batches_tracked as int64 included", async () => {
    const model = make();
    const report = await loadStateDict(model, await openTorch(foreign("state.pt")));
    expect(report).toEqual({ missing: [], unexpected: [], mismatched: [] });
    const values = await valuesOf(model);
    expect(values["0.weight"]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    expect(values["1.num_batches_tracked"]).toEqual([7]);
    model.dispose();
  });

  test("gives back what writeSafetensors wrote, from bytes and from a Blob, also of F16", async () => {
    const [model, other] = [make(), make()];
    await loadStateDict(model, await openTorch(foreign("state.pt")));
    for (const dtype of ["F32", "F16", "BF16"] as const) {
      const file = await bytesOf(writeSafetensors(model, { dtype }));
      for (const source of [file.buffer, new Blob([file])]) {
        await loadStateDict(other, source);
        expect(await valuesOf(other)).toEqual(await valuesOf(model));
      }
    }
    for (const each of [model, other]) each.dispose();
  });

  test("takes a prefix off, renames, and reports what it leaves out", async () => {
    const model = make();
    const one = (value: number) => ({ shape: [2], data: Float64Array.of(value, value) });
    const state = {
      "net.first.bias": one(4),
      "net.1.weight": one(5),
      "net.x": one(1),
      head: one(2),
    };
    const options = { prefix: "net.", rename: { "first.bias": "0.bias" } };
    const file = await bytesOf(writeSafetensors(state));
    await expect(loadStateDict(model, file, options)).rejects.toThrow(ValueError);
    const report = await loadStateDict(model, file, { ...options, strict: false });
    expect(report).toEqual({
      missing: ["0.weight", "1.bias", "1.running_mean", "1.running_var"],
      unexpected: ["x"],
      mismatched: [],
    });
    const values = await valuesOf(model);
    expect([values["0.bias"], values["1.weight"]]).toEqual([
      [4, 4],
      [5, 5],
    ]);
    const same = { prefix: "net.", strict: false, rename: () => "0.bias" };
    await expect(loadStateDict(model, file, same)).rejects.toThrow(/a name of its own/);
    model.dispose();
  });

  test("changes nothing when a shape or a number does not fit, and says which", async () => {
    const model = new nn.Linear(2, 1);
    const before = await valuesOf(model);
    const bias = { shape: [1], data: Float32Array.of(9) };
    const file = async (weight: nn.LoadableState[string]) =>
      bytesOf(writeSafetensors({ bias, weight }));
    const long = await file({ shape: [1, 2], data: BigInt64Array.of(1n, 2n ** 53n + 1n) });
    await expect(loadStateDict(model, long)).rejects.toThrow(
      /weight expects numbers that f32 holds, got 9007199254740993 at element 1/,
    );
    const large = await file({ shape: [1, 2], data: Float64Array.of(1e300, 0) });
    await expect(loadStateDict(model, large)).rejects.toThrow(/got 1e\+300 at element 0/);
    const other = await file({ shape: [2, 1], data: Float32Array.of(1, 2) });
    await expect(loadStateDict(model, other)).rejects.toThrow(ShapeError);
    expect(await valuesOf(model)).toEqual(before);
    expect(await loadStateDict(model, other, { strict: false })).toEqual({
      missing: [],
      unexpected: [],
      mismatched: [{ name: "weight", expected: [1, 2], got: [2, 1] }],
    });
    expect((await valuesOf(model)).bias).toEqual([9]);
    model.dispose();
  });
});
