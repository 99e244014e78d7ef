import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { fitted, isHostArray } from "../../../src/core/host_array.ts";
import { number } from "../../../src/core/kinds.ts";
import { classOf, isA, isPlain, messageOf } from "../../../src/core/realm.ts";
import { options } from "../../../src/core/signature.ts";
import {
  openNpz,
  openSafetensors,
  readNpy,
  writeNpy,
  writeSafetensors,
} from "../../../src/io/index.ts";
import { readCheckpoint, saveCheckpoint } from "../../../src/train/index.ts";

/** A second realm, as Jest runs its tests in. */
const realm = createContext({});
const make = <T>(code: string): T => runInContext(code, realm) as T;

/** The bytes of a file, in an array of the second realm. */
function bytesOf(file: ArrayBuffer | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const own = new Uint8Array(file);
  const other = make<(n: number) => Uint8Array<ArrayBuffer>>("(n) => new Uint8Array(n)")(
    own.length,
  );
  other.set(own);
  return other;
}

describe("an object of another realm", () => {
  test.each([
    ["Float32Array.of(1)", "Float32Array"],
    ["new Map()", "Map"],
    ["new ArrayBuffer(4)", "ArrayBuffer"],
    ["Promise.resolve()", "Promise"],
    ["/a/", "RegExp"],
  ] as const)("%s is a %s", (code, name) => {
    const other = make<object>(code);
    expect(other.constructor === Reflect.get(globalThis, name)).toBe(false);
    expect(classOf(other)).toBe(name);
    expect(isA(other, name)).toBe(true);
    expect(isA(other, "URL")).toBe(false);
  });

  test("is plain as one of this realm is", () => {
    for (const code of ["({ a: 1 })", "Object.create(null)"])
      expect(isPlain(make(code))).toBe(true);
    for (const code of ["[]", "new Map()", "new (class A {})()", "null", "1", "(() => 1)"]) {
      expect(isPlain(make(code))).toBe(false);
    }
  });

  test("that was thrown is told by its message", () => {
    expect(messageOf(make("new RangeError('too far')"))).toBe("too far");
    expect([messageOf("text"), messageOf(null), messageOf(undefined)]).toEqual([
      ...["text", "null", "undefined"],
    ]);
  });
});

describe("of another realm", () => {
  const refuse = (value: number | bigint): never => {
    throw new Error(`refused ${value}`);
  };

  test("typed arrays are the host's, rounded and without a copy where they are right already", () => {
    const floats = make<Float32Array<ArrayBuffer>>("Float32Array.of(0.5, 1.5)");
    expect(isHostArray(floats)).toBe(true);
    expect(fitted("f32", floats, refuse)).toBe(floats);
    const wide = make<Float64Array<ArrayBuffer>>("Float64Array.of(0.1, 1e-3)");
    expect([...fitted("f32", wide, refuse)]).toEqual([Math.fround(0.1), Math.fround(1e-3)]);
    const big = make<BigInt64Array<ArrayBuffer>>("BigInt64Array.of(7n)");
    expect([...fitted("i32", big, refuse)]).toEqual([7]);
    expect(isHostArray(make("new DataView(new ArrayBuffer(4))"))).toBe(false);
  });

  test("options are options", () => {
    const { accepts } = options<{ a?: number }>({ a: number });
    expect(accepts(make("({ a: 1 })"))).toBe(true);
    expect(accepts(make("new Map()"))).toBe(false);
  });

  test("files are read from their bytes, and written from arrays", async () => {
    const array = { shape: [2], data: make<Float32Array<ArrayBuffer>>("Float32Array.of(0.5, 2)") };
    expect([...(await readNpy(bytesOf(writeNpy(array)))).data]).toEqual([0.5, 2]);
    const file = await new Response(writeSafetensors({ x: array }, { dtype: "F16" })).arrayBuffer();
    const opened = await openSafetensors(bytesOf(file));
    expect([...(await opened.read("x")).data]).toEqual([0.5, 2]);
    await expect(openNpz(make("new Uint8Array(3)"))).rejects.toThrow("openNpz: ");
  });

  test("a state goes into a checkpoint and comes out of it", async () => {
    const state = make<object>(
      "({ shape: [2], data: Float32Array.of(1, 2), deep: { n: 3, list: [1] } })",
    );
    const part = { stateDict: async () => state, loadStateDict: () => undefined };
    const file = await saveCheckpoint({ part });
    const { contents } = readCheckpoint(bytesOf(file).buffer);
    expect(contents.part).toEqual({
      shape: [2],
      data: Float32Array.of(1, 2),
      deep: { n: 3, list: [1] },
    });
  });
});
