import { describe, expect, test } from "vitest";
import { stepsOf, walkTogether } from "../../../src/kernels/elementwise/chain_walk.ts";

describe("walks", () => {
  const walk = (shape: readonly number[], ...operands: (readonly number[])[]) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const found = walkTogether(
      count,
      operands.map((each) => stepsOf(each, shape)),
    );
    if (!found) return "none";
    const { width, params, readings } = found;
    const { rank, axes } = params;
    const list = axes.slice(0, rank).map(({ size, strides }) => [size, ...strides].join(" "));
    const at = readings.map((reading) => (reading.splat ? `${reading.at}!` : reading.at));
    return `${width} ${params.packs}: ${list.join(", ")}; ${at.join(", ")}`;
  };

  test("packs of four where every operand has whole rows or one number for a pack", () => {
    expect(walk([6, 8], [6, 8], [8], [6, 1], [])).toBe(
      "four 12: 2 1 0 0, 6 0 1 0; i, at.x, at.y!, 0u!",
    );
    expect(walk([6, 6], [6, 6], [6])).toBe("one 36: 6 1 0 0, 6 0 0 0; i, at.x");
    expect(walk([8, 6], [8, 1])).toBe("one 48: 6 0 0 0, 8 1 0 0; at.x");
    expect(walk([4, 3, 4], [4, 3, 1], [3, 4])).toBe("four 12: 3 1 1 0, 4 3 0 0; at.x!, at.y");
  });

  test("rows of four that are not apart by packs are walked one by one", () => {
    const rows = [{ size: 2, stride: 6 }, { size: 4, stride: 1 }]; // biome-ignore format: two axes
    expect(walkTogether(8, [rows])?.width).toBe("one");
  });

  test("one axis where nothing broadcasts", () => {
    expect(walk([5, 4], [5, 4], [])).toBe("four 5: 5 0 0 0; i, 0u!");
    expect(walk([5, 3], [5, 3])).toBe("one 15: 15 0 0 0; i");
    expect(walk([0, 3], [3])).toMatch(/^one 0: /);
  });

  test("not more than three walks and eight axes", () => {
    expect(walk([2, 3, 5, 7], [7], [5, 1], [3, 1, 1], [2, 1, 1, 1])).toBe("none");
    const shape = [2, 3, 2, 3, 2, 3, 2, 3, 2];
    expect(walk(shape, [1, 3, 1, 3, 1, 3, 1, 3, 1])).toBe("none");
    expect(walk(shape.slice(1), [1, 2, 1, 2, 1, 2, 1, 2])).toMatch(/^one 1296: 2 1 0 0, 3 0 0 0, /);
  });
});
