import { describe, expect, test } from "vitest";
import { openTorch } from "../../../src/io/index.ts";
import { contentOf, damaged, foreign, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";

/** A pickle's bytes within a .pt file, in place of a stored member of equal or greater length. */
const state = [
  "0.bias F32 [2] 1 1.25",
  "0.weight F32 [2,3] 0 0.25 0.5 0.75 1 1.25",
  "1.bias F32 [2] 3 3.25",
  "1.num_batches_tracked I64 [] 7",
  "1.running_mean F32 [2] 0 0",
  "1.running_var F32 [2] 1 1",
  "1.weight F32 [2] 2 2.25",
].join("\n");

describe("openTorch", () => {
  test("reads the state dict of a module, num_batches_tracked as int64 included", async () => {
    const reader = await openTorch(foreign("state.pt"));
    expect([...reader.tensors.keys()].slice(0, 2)).toEqual(["0.weight", "0.bias"]);
    expect(await contentOf(reader)).toBe(state);
  });

  test.each([2, 3, 4, 5])(
    "follows strides, offsets and shared storages, protocol %i",
    async (n) => {
      const all = await contentOf(await openTorch(foreign(`views${n}.pt`)));
      expect(all).toBe(
        [
          "bf16 BF16 [2] 1.5 -3",
          "bool BOOL [2] 1 0",
          "expanded F32 [2,2] 1 1 1 1",
          "half F16 [1] 1.5",
          "long I64 [] 1152921504606846976",
          "none F32 [0,3] ",
          "parameter F32 [1] 2",
          "slice F32 [3] 2 4 6",
          "t F32 [4,3] 0 4 8 1 5 9 2 6 10 3 7 11",
          "tied F32 [12] 0 1 2 3 4 5 6 7 8 9 10 11",
        ].join("\n"),
      );
    },
  );

  test("finds a state dict in dictionaries by a path", async () => {
    const file = foreign("nested.pt");
    expect(await contentOf(await openTorch(file, { path: "model" }))).toBe("w F32 [2] 1 2");
    await expect(openTorch(file)).rejects.toThrow(/got dictionaries model; pass \{ path \}/);
    await expect(openTorch(file, { path: "modle" })).rejects.toThrow(/its names are model, epoch/);
  });

  test("refuses a whole module by the class it would make, and the format before 1.6", async () => {
    await expect(openTorch(foreign("module.pt"))).rejects.toThrow(
      /openTorch: .*it asks for torch\.nn\.modules\.linear\.Linear/,
    );
    await expect(openTorch(foreign("old.pt"))).rejects.toThrow(/as PyTorch before 1\.6 wrote it/);
  });

  test.each(["state.pt", "views4.pt"])(
    "damaged files of %s are refused by name, or give the same values",
    async (name) => {
      const below = randomIntegers(seedOr(4));
      const tally = new Tally(name);
      const file = foreign(name);
      const content = await contentOf(await openTorch(file));
      for (let i = 0; i < tries(1000); i++) {
        const since = performance.now();
        try {
          expect(await contentOf(await openTorch(damaged(file, below)))).toBe(content);
          tally.count("read", since);
        } catch (error) {
          expectRefusal(error, "openTorch");
          tally.count("refused", since);
        }
      }
      tally.tell();
      expect(tally.refused).toBeGreaterThan(0.3 * tries(1000));
    },
    600_000,
  );
});
