import { describe, expect, test } from "vitest";
import { openNpz, readNpy, writeNpy, writeNpz } from "../../../src/io/index.ts";
import { bytesOf, contentOf, damaged, foreign, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";

const plain = ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"];
const integers = ["|i1", "<i2", ">i2", "<i4", ">i4", "|u1", "<u2", "<u4", ">u4"];

describe("readNpy", () => {
  test.each([...plain, ...integers, "<i8", ">i8", "<u8"])("reads NumPy's %s", async (code) => {
    const { shape, data } = await readNpy(foreign(`${code}.npy`));
    expect(shape).toEqual([2, 3]);
    expect(Array.from<number | bigint>(data).map(Number)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("reads bool, a scalar, Fortran order and versions 2.0 and 3.0", async () => {
    const bool = await readNpy(foreign("bool.npy"));
    expect(bool).toEqual({ dtype: "BOOL", shape: [2, 3], data: Uint8Array.of(0, 0, 0, 1, 1, 1) });
    const scalar = { dtype: "F64", shape: [], data: Float64Array.of(2.5) };
    expect(await readNpy(foreign("scalar.npy"))).toEqual(scalar);
    const turned = await readNpy(foreign("fortran.npy"));
    expect(turned.shape).toEqual([2, 3, 4]);
    expect([...turned.data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    for (const name of ["v2.npy", "v3.npy"]) {
      expect([...(await readNpy(foreign(name))).data]).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25]);
    }
  });

  test.each([
    ["object", /readNpy: expected numbers or booleans, got Python objects \(a pickle\)/],
    ["string", /got strings/],
    ["complex", /got complex numbers/],
    ["record", /got records/],
  ])("refuses an array of type %s by name", async (name, message) => {
    await expect(readNpy(foreign(`${name}.npy`))).rejects.toThrow(message);
  });

  test("writeNpy writes what NumPy writes, to the byte", () => {
    const data = Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25).map((value) => 4 * value);
    expect(writeNpy({ shape: [2, 3], data })).toEqual(foreign("<f4.npy"));
    const bool = { shape: [2, 3], data: Uint8Array.of(0, 0, 0, 1, 1, 1) };
    expect(writeNpy(bool, { bool: true })).toEqual(foreign("bool.npy"));
  });

  test("damaged files are refused by name, or are arrays of the size they say", async () => {
    const below = randomIntegers(seedOr(2));
    const tally = new Tally(".npy");
    const file = foreign("fortran.npy");
    for (let i = 0; i < tries(2000); i++) {
      const since = performance.now();
      try {
        const { shape, data } = await readNpy(damaged(file, below));
        tally.count("read", since);
        expect(data.length).toBe(shape.reduce((product, n) => product * n, 1));
      } catch (error) {
        expectRefusal(error, "readNpy");
        tally.count("refused", since);
      }
    }
    tally.tell();
    expect(tally.refused).toBeGreaterThan(0.4 * tries(2000)); // the format has no checksum: changed values load
  });
});

describe("openNpz", () => {
  const content = [
    "a F32 [2,3] 0 0.25 0.5 0.75 1 1.25",
    "layer.weight F32 [3,2] 0 0.75 0.25 1 0.5 1.25",
    "n I64 [2] 1152921504606846976 -1",
  ].join("\n");

  test.each(["stored.npz", "deflated.npz"])("reads NumPy's %s", async (name) => {
    const reader = await openNpz(foreign(name));
    expect([...reader.tensors.keys()]).toEqual(["a", "n", "layer.weight"]);
    expect(await contentOf(reader)).toBe(content);
  });

  test.each([false, true])("reads what writeNpz wrote, compressed: %s", async (compressed) => {
    const arrays = await (await openNpz(foreign("stored.npz"))).readAll();
    const file = await bytesOf(writeNpz(arrays, { compressed }));
    expect(await contentOf(await openNpz(file))).toBe(content);
  });

  test("refuses a size that deflate cannot reach before it allocates it", async () => {
    const file = foreign("deflated.npz");
    const view = new DataView(file.buffer);
    const directory = view.getUint32(file.length - 6, true);
    view.setUint32(directory + 24, 0xfffffff0, true);
    await expect(openNpz(file)).rejects.toThrow(/expected at most \d+ bytes of \d+/);
  });

  test.each(["stored.npz", "deflated.npz"])(
    "damaged files of %s are refused by name, or give the same values",
    async (name) => {
      const below = randomIntegers(seedOr(3));
      const tally = new Tally(name);
      const file = foreign(name);
      for (let i = 0; i < tries(2000); i++) {
        const since = performance.now();
        try {
          expect(await contentOf(await openNpz(damaged(file, below)))).toBe(content);
          tally.count("read", since);
        } catch (error) {
          expectRefusal(error, "openNpz");
          tally.count("refused", since);
        }
      }
      tally.tell();
      expect(tally.refused).toBeGreaterThan(0.5 * tries(2000));
    },
    600_000,
  );
});
