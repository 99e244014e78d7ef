import { expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** A million and three: no multiple of 2, 4 or a workgroup. */
const N = 1_000_003;
const random = seeded(5);
/** Integers, so that sums up to 2²⁴ are exact in any order; every value occurs about ten times. */
const values = Float32Array.from({ length: N }, () => Math.floor(random() * 100_000) - 50_000);
const x = tensor(values);

test("a million elements are sorted as the host sorts them, equal ones in their order", async () => {
  const { values: sorted, indices } = ops.sort(x);
  expect(await sorted.read()).toEqual(values.toSorted());
  const order = await indices.read();
  const unstable = order.findIndex((index, i) => {
    const before = order[i - 1] as number;
    return i > 0 && values[before] === values[index] && before > index;
  });
  expect(unstable).toBe(-1);
});

test("the ten largest of a million are those of the sorted ones, ties to the lower index", async () => {
  const { values: top, indices } = ops.topk(x, 10);
  const tenth = values.toSorted().at(-10) as number;
  const expected = Array.from(values.keys())
    .filter((i) => (values[i] as number) >= tenth)
    .map((i) => ({ value: values[i] as number, i }))
    .sort((a, b) => b.value - a.value || a.i - b.i)
    .slice(0, 10);
  expect([...(await top.read())]).toEqual(expected.map(({ value }) => value));
  expect([...(await indices.read())]).toEqual(expected.map(({ i }) => i));
});

test("running sums of a million signs are exact", async () => {
  const signs = values.map((value) => Math.sign(value) || 1);
  let sum = 0;
  const expected = signs.map((sign) => {
    sum += sign;
    return sum;
  });
  expect(await ops.cumsum(tensor(signs)).read()).toEqual(expected);
});

test("a million numbers are added to few places as the host adds them", async () => {
  const ones = tensor(values.map((value) => Math.abs(value) % 2));
  const places = Uint32Array.from(values, (value) => Math.abs(value) % 1000);
  const expected = new Float32Array(1000);
  places.forEach((place, i) => {
    expected[place] = (expected[place] as number) + (Math.abs(values[i] as number) % 2);
  });
  const zeros = tensor(new Float32Array(1000));
  expect(await ops.scatterAdd(zeros, 0, tensor(places), ones).read()).toEqual(expected);
});
