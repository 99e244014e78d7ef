import { expect, test } from "vitest";
import { type BoundRange, conflict } from "../../../src/scheduler/aliasing.ts";

const [one, other] = [{}, {}];
const range = (access: BoundRange["access"], buffer: object, offset = 0, bytes = 256) => ({
  name: `${access} at ${offset}`,
  access,
  buffer,
  offset,
  bytes,
});
const names = (...ranges: BoundRange[]) => conflict(ranges)?.map(({ name }) => name);

test("a buffer that is read and written conflicts, whichever parts of it", () => {
  expect(names(range("read", one), range("write", one))).toEqual(["read at 0", "write at 0"]);
  expect(names(range("write", one), range("read", one, 512))).toEqual([
    "write at 0",
    "read at 512",
  ]);
  expect(names(range("inout", one), range("read", one, 512))).toBeDefined();
});

test("bytes that are written twice conflict, other parts of the same buffer do not", () => {
  expect(names(range("write", one), range("inout", one, 255))).toBeDefined();
  expect(names(range("inout", one, 255), range("write", one))).toBeDefined();
  expect(names(range("write", one), range("inout", one, 256))).toBeUndefined();
  expect(names(range("inout", one, 256), range("write", one))).toBeUndefined();
});

test("a buffer may be read twice, and different buffers are free", () => {
  expect(names(range("read", one), range("read", one))).toBeUndefined();
  expect(names(range("read", one), range("write", other), range("inout", {}))).toBeUndefined();
  const third = [range("read", one), range("write", other), range("write", other)];
  expect(names(...third)).toEqual(["write at 0", "write at 0"]);
});
