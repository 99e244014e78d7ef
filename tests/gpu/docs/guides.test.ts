import { expect, test, vi } from "vitest";
import guide from "../../../docs/guides/kernels_alone.md?raw";
import batchNorm from "../../guides/batch_norm.ts?raw";
import gpu from "../../guides/gpu.ts?raw";
import product from "../../guides/product.ts?raw";
import reduction from "../../guides/reduction.ts?raw";

/** What a program prints. */
async function printed(program: () => Promise<unknown>): Promise<unknown[]> {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await program();
  const lines = print.mock.calls.map(([value]) => value as unknown);
  print.mockRestore();
  return lines;
}

test("docs/guides/kernels_alone.md shows the programs as they stand in tests/guides", () => {
  for (const program of [gpu, product, batchNorm, reduction]) {
    expect(guide).toContain(program.trim());
  }
  expect(guide.match(/^```ts$/gm)?.length).toBe(4);
});

test("a product with bias and activation, short and long", async () => {
  const [short, long] = await printed(() => import("../../guides/product.ts"));
  expect([...(short as Float32Array)]).toEqual([4, 0, 10, 0]);
  expect(long).toBe(8192);
});

test("batch norm of small and large inputs", async () => {
  const means = await printed(() => import("../../guides/batch_norm.ts"));
  expect(means).toEqual([expect.closeTo(5, 4), expect.closeTo(5, 4)]);
});

test("a sum and a softmax", async () => {
  const [sum, y] = (await printed(() => import("../../guides/reduction.ts"))) as Float32Array[];
  expect([...(sum ?? [])]).toEqual([450_000]);
  const rows = [
    [1, 3, 2],
    [5, 4, 0],
  ].flatMap((row) => {
    const total = row.reduce((s, v) => s + Math.exp(v), 0);
    return row.map((v) => Math.exp(v) / total);
  });
  for (const [i, want] of rows.entries()) expect(y?.[i]).toBeCloseTo(want, 6);
});
