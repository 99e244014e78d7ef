import { expect, test } from "vitest";
import { dispose } from "../../../src/core/dispose.ts";
import usingCtx from "../../../src/core/using_ctx.ts";

/** A block with a `using` declaration for each name, as a compiler would emit it. */
function block(names: readonly string[], end: () => void, broken: readonly string[] = []) {
  const freed: string[] = [];
  const context = usingCtx();
  const run = () => {
    try {
      for (const name of names) {
        context.u({
          [dispose]: () => {
            freed.push(name);
            if (broken.includes(name)) throw new Error(name);
          },
        });
      }
      expect(context.u(undefined)).toBe(undefined);
      expect(context.u(null)).toBe(null);
      end();
    } catch (error) {
      context.e = error;
    } finally {
      context.d();
    }
  };
  return { freed, run };
}

test("values are disposed of from the last to the first", () => {
  const { freed, run } = block(["a", "b"], () => {});
  run();
  expect(freed).toEqual(["b", "a"]);
});

test("an error of the block comes out, whatever it is, after all were disposed of", () => {
  const { freed, run } = block(["a", "b"], () => {
    throw undefined;
  });
  expect(() => run()).toThrow();
  expect(freed).toEqual(["b", "a"]);
});

test("an error while disposing suppresses the one before it", () => {
  const { freed, run } = block(["a", "b"], () => {
    throw new Error("block");
  }, ["a"]);
  expect(run).toThrow(
    expect.objectContaining({
      name: "SuppressedError",
      error: expect.objectContaining({ message: "a" }),
      suppressed: expect.objectContaining({ message: "block" }),
    }),
  );
  expect(freed).toEqual(["b", "a"]);
});
