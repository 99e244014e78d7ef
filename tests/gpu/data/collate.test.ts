import { describe, expect, test } from "vitest";
import { defaultCollate } from "../../../src/data/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** The values of a tensor, which is then freed. */
async function values(x: Tensor): Promise<number[]> {
  const read = [...(await x.read())];
  x.dispose();
  return read;
}

describe("samples become a batch", () => {
  test("of tensors with an axis for the samples in front, under the names of the samples", async () => {
    const samples = [1, 2].map((i) => ({
      ...{ number: i, row: [i, -i], typed: Uint8Array.of(i, 9), flag: i === 1, name: `s${i}` },
      nested: { plane: [[i], [0]] },
    }));
    const batch = defaultCollate(samples, { dtypes: { number: "i32" } });
    expect([batch.number.dtype, batch.row.dtype, batch.typed.dtype]).toEqual(["i32", "f32", "u32"]);
    expect(batch.nested.plane.shape).toEqual([2, 2, 1]);
    expect(batch.name).toEqual(["s1", "s2"]);
    expect(await values(batch.number)).toEqual([1, 2]);
    expect(await values(batch.row)).toEqual([1, -1, 2, -2]);
    expect(await values(batch.typed)).toEqual([1, 9, 2, 9]);
    expect(await values(batch.flag)).toEqual([1, 0]);
    expect(await values(batch.nested.plane)).toEqual([1, 0, 2, 0]);
  });

  test("of stacked tensors, and of tuples", async () => {
    const parts = [tensor([1, 2]), tensor([3, 4])] as const;
    const [x, name] = defaultCollate(parts.map((x, i) => [x, `t${i}`] as [Tensor, string]));
    expect(x.shape).toEqual([2, 2]);
    expect(await values(x)).toEqual([1, 2, 3, 4]);
    expect(name).toEqual(["t0", "t1"]);
    for (const part of parts) part.dispose();
  });

  test("unless they are not alike", () => {
    expect(() => defaultCollate([])).toThrow(/one sample at least/);
    expect(() => defaultCollate<unknown>([1, "a"])).toThrow(
      /samples of one structure, got 1 and "a"/,
    );
    expect(() => defaultCollate<unknown>([{ x: 1 }, { y: 1 }])).toThrow(/every sample with x/);
    expect(() => defaultCollate([[1, 2], [1]])).toThrow(/^defaultCollate: /);
  });
});
