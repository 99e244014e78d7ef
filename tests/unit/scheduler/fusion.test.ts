import { describe, expect, test } from "vitest";
import { stepsOf } from "../../../src/kernels/elementwise/chain_walk.ts";
import type { FusionCommand } from "../../../src/scheduler/fusion/graph.ts";
import { type Fused, fuseCommands } from "../../../src/scheduler/fusion/group.ts";

const N = 24;
const whole = stepsOf([N], [N]);
const column = stepsOf([4, 1], [4, 6]);
const row = stepsOf([6], [4, 6]);
const scalar = stepsOf([], [N]);

type Read = number | readonly [storage: number, steps: typeof whole];

/** An elementwise command: output = f(inputs). Inputs are read with their own strides, or with others. */
function point(
  output: number,
  inputs: readonly Read[],
  { scalars = 0, count = N } = {},
): FusionCommand {
  const list = inputs.map((read) =>
    typeof read === "number"
      ? { storage: read, steps: whole }
      : { storage: read[0], steps: read[1] },
  );
  return {
    reads: list.map(({ storage }) => storage),
    writes: [output],
    point: { count, inputs: list, output, scalars },
  };
}

/** Any command that cannot be fused: a matrix product, an optimiser step, a copy. */
const other = (writes: readonly number[], reads: readonly number[]): FusionCommand => ({
  reads,
  writes,
});

/** The result as text: chains in brackets, with what they write. */
function fused(
  commands: readonly FusionCommand[],
  wanted: readonly number[],
  roots?: readonly number[],
): string {
  const own = Array.from({ length: 100 }, (_, i) => i);
  return show(fuseCommands(commands, new Set(wanted), roots ?? own));
}

const show = (list: Fused) =>
  list
    .map((each) =>
      typeof each === "number"
        ? String(each)
        : `[${each.members.join()}→${each.outputs
            .map(({ storage, updated }) => (updated ? `${storage}*` : storage))
            .join()}]`,
    )
    .join(" ");

describe("what is fused", () => {
  test("a chain becomes one dispatch that writes its end", () => {
    expect(fused([point(3, [0, 1]), point(4, [3, 2]), point(5, [4])], [5])).toBe("[0,1,2→5]");
  });

  test("a diamond becomes one dispatch", () => {
    const commands = [point(1, [0]), point(2, [1]), point(3, [1]), point(4, [2, 3])];
    expect(fused(commands, [4])).toBe("[0,1,2,3→4]");
  });

  test("an intermediate used twice within the chain is not written", () => {
    expect(fused([point(1, [0]), point(2, [1, 1])], [2])).toBe("[0,1→2]");
  });

  test("an intermediate that is returned is written beside the end", () => {
    expect(fused([point(1, [0]), point(2, [1])], [1, 2])).toBe("[0,1→1,2]");
  });

  test("an intermediate that another command reads is written, and that command runs after the chain", () => {
    const commands = [point(1, [0]), other([9], [1]), point(2, [1])];
    expect(fused(commands, [2, 9])).toBe("[0,2→1,2] 1");
  });

  test("no third result: the chain ends before it", () => {
    const commands = [point(1, [0]), point(2, [1]), point(3, [2])];
    expect(fused(commands, [1, 2, 3])).toBe("[0,1→1,2] 2");
  });

  test("two kernels that read the same become one", () => {
    expect(fused([point(1, [0, 5]), point(2, [0, 6])], [1, 2])).toBe("[0,1→1,2]");
  });

  test("kernels before a fence and behind it stay apart", () => {
    const behind = { ...point(2, [0, 6]), fences: 1 };
    expect(fused([point(1, [0, 5]), behind], [1, 2])).toBe("0 1");
    expect(fused([{ ...point(1, [0, 5]), fences: 1 }, behind], [1, 2])).toBe("[0,1→1,2]");
  });

  test("kernels that share a scalar only stay apart", () => {
    expect(fused([point(1, [0, [9, scalar]]), point(2, [3, [9, scalar]])], [1, 2])).toBe("0 1");
  });

  test("kernels over different numbers of elements stay apart", () => {
    expect(fused([point(1, [0]), point(2, [1], { count: 12 })], [2])).toBe("0 1");
  });

  test("nothing that has no elements", () => {
    const none = { count: 0 };
    expect(fused([point(1, [0], none), point(2, [1], none)], [2])).toBe("0 1");
  });

  test("a result that is broadcast is computed before", () => {
    expect(fused([point(1, [0]), point(2, [3, [1, column]])], [2])).toBe("0 1");
    expect(fused([point(1, [0]), point(2, [1, [1, row]])], [2])).toBe("0 1");
  });

  test("a chain longer than there are bindings is cut, and what is cut off is a chain again", () => {
    const commands = Array.from({ length: 8 }, (_, i) => point(20 + i, [i ? 19 + i : 0, 1 + i]));
    expect(fused(commands, [27])).toBe("[0,1,2→22] [3,4,5→25] [6,7→27]");
  });

  test("a chain longer than 32 calls is cut", () => {
    const commands = Array.from({ length: 40 }, (_, i) => point(i + 1, [i]));
    const members = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i).join();
    expect(fused(commands, [40])).toBe(`[${members(0, 32)}→32] [${members(32, 40)}→40]`);
  });

  test("sixteen scalars, no more", () => {
    const commands = Array.from({ length: 9 }, (_, i) => point(i + 1, [i], { scalars: 2 }));
    expect(fused(commands, [9])).toBe("[0,1,2,3,4,5,6,7→8] 8");
  });

  test("three operands that broadcast have walks of their own, scalars need none", () => {
    const walks = [row, column, stepsOf([2, 1, 1], [2, 2, 6])];
    const commands = walks.map((steps, i) => point(20 + i, [i ? 19 + i : 0, [1 + i, steps]]));
    expect(fused(commands, [22])).toBe("[0,1,2→22]");
    expect(fused([...commands, point(23, [22, [4, stepsOf([2, 6], [2, 2, 6])]])], [23])).toBe(
      "[0,1,2→22] 3",
    );
    expect(fused([...commands, point(23, [22, [4, scalar]])], [23])).toBe("[0,1,2,3→23]");
  });

  test("axes that cut across each other cannot be walked together", () => {
    const commands = [
      point(20, [0, [1, stepsOf([4, 1], [4, 6])]]),
      point(21, [20, [2, stepsOf([3], [8, 3])]]),
    ];
    expect(fused(commands, [21])).toBe("[0,1→21]");
    const across = [
      point(20, [0, [1, stepsOf([8, 1], [8, 3])]]),
      point(21, [20, [2, stepsOf([4], [6, 4])]]),
    ];
    expect(fused(across, [21])).toBe("0 1");
  });
});

describe("what has to run in between, or in order", () => {
  test("a reduction between two kernels keeps them apart", () => {
    expect(fused([point(1, [0]), other([2], [1]), point(3, [1, [2, scalar]])], [3])).toBe("0 1 2");
  });

  test("a path over several commands and chains keeps them apart as well", () => {
    const commands = [
      point(1, [0]),
      other([2], [1]),
      point(3, [2]),
      point(4, [3]),
      point(5, [1, 4]),
    ];
    expect(fused(commands, [5])).toBe("0 1 [2,3,4→5]");
  });

  test("an input that is overwritten in between keeps its old value for the first", () => {
    const overwrite = [point(1, [0]), other([0], [7]), point(2, [1, 0])];
    expect(fused(overwrite, [2])).toBe("0 1 2");
    const alone = [point(1, [0]), other([0], [7]), point(2, [1, 3])];
    expect(fused(alone, [0, 2])).toBe("[0,2→2] 1");
  });

  test("an optimiser that updates what both read keeps them apart", () => {
    const optimiser: FusionCommand = { reads: [5, 0], writes: [0] };
    expect(fused([point(1, [0]), optimiser, point(2, [0, 1])], [0, 2])).toBe("0 1 2");
  });

  test("a copy of an intermediate result to a buffer the chain reads", () => {
    const commands = [point(1, [0]), other([8], [1]), point(2, [1, 8])];
    expect(fused(commands, [2])).toBe("0 1 2");
  });

  test("a buffer that is overwritten by the chain after somebody has read it", () => {
    const commands = [point(1, [0]), other([9], [1]), point(1, [2]), point(3, [1])];
    expect(fused(commands, [3, 9])).toBe("0 1 [2,3→3]");
  });
});

describe("buffers updated in place", () => {
  const update = (buffer: number, ...inputs: Read[]) => point(buffer, [...inputs, buffer]);

  test("are read where they are written", () => {
    expect(fused([point(1, [0]), update(5, 1)], [5])).toBe("[0,1→5*]");
  });

  test("are not read if the chain has written them before", () => {
    expect(fused([point(5, [0]), update(5, 1), update(5, 2)], [5])).toBe("[0,1,2→5]");
  });

  test("are ordinary operands if nothing reads their new content", () => {
    expect(fused([update(5, 1), point(2, [5])], [2])).toBe("[0,1→2]");
  });

  test("cannot be read with other strides in the same chain", () => {
    expect(fused([point(1, [0, [5, column]]), update(5, 1)], [5])).toBe("0 1");
  });

  test("are complete before others read them", () => {
    const commands = [update(5, 0), other([8], [5]), update(5, 0)];
    expect(fused(commands, [5, 8])).toBe("0 1 2");
  });

  test("nothing reads a buffer of which the chain writes another part", () => {
    const roots = [0, 1, 2, 9, 9];
    expect(fused([point(1, [0, 3]), point(4, [1])], [4], roots)).toBe("0 1");
    expect(fused([point(3, [0]), point(4, [0])], [3, 4], roots)).toBe("[0,1→3,4]");
  });

  test("storages that overlap are not parts of one chain", () => {
    const writes5: FusionCommand = { ...point(5, [0]), reads: [0, 6], writes: [5, 6] };
    expect(fused([point(1, [6, 0]), writes5], [1, 5])).toBe("0 1");
  });
});
