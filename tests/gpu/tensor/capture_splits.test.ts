import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { clipGradNorm } from "../../../src/optim/clip.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { clearGrad, type Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

type Batch = readonly [x: Tensor, y: Tensor];
type Piece = "zeroGrad" | "backward" | "clip" | "step";
/** Consecutive pieces of an iteration, in one captured function or run eagerly. */
interface Group {
  readonly pieces: readonly Piece[];
  readonly captured: boolean;
}

const batches: readonly Batch[] = [0, 1, 2].map((seed) => {
  const at = (i: number) => Math.sin(1.7 * i + seed);
  return [
    tensor(
      Float32Array.from({ length: 20 }, (_, i) => at(i)),
      { shape: [5, 4] },
    ),
    tensor(Uint32Array.from([0, 1, 2, seed, 1])),
  ];
});

/** Every way to split the pieces into groups, each captured or not. */
function groupings(pieces: readonly Piece[]): Group[][] {
  if (pieces.length === 0) return [[]];
  return pieces.flatMap((_, i) =>
    groupings(pieces.slice(i + 1)).flatMap((rest) =>
      [true, false].flatMap((captured) => {
        // two eager groups in a row are the same as one
        if (!captured && rest[0]?.captured === false) return [];
        return [[{ pieces: pieces.slice(0, i + 1), captured }, ...rest]];
      }),
    ),
  );
}

const iteration = (calls: number): Piece[] => [
  "zeroGrad",
  ...Array.from({ length: calls }, (): Piece => "backward"),
  "clip",
  "step",
];

const nameOf = (groups: readonly Group[]) =>
  groups
    .map(({ pieces, captured }) => (captured ? `[${pieces.join(" ")}]` : pieces.join(" ")))
    .join(" ");

/** Trains for three iterations; groups of equal pieces share one captured function. */
async function train(groups: readonly Group[]): Promise<unknown> {
  ops.manualSeed(5);
  const model = new nn.Sequential(new nn.Linear(4, 3), new nn.Dropout(0.3), new nn.Linear(3, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const run = (pieces: readonly Piece[], args: readonly Tensor[]): Tensor[] => {
    const rest = [...args];
    return pieces.flatMap((piece) => {
      if (piece === "zeroGrad") optimizer.zeroGrad();
      if (piece === "step") optimizer.step();
      if (piece === "clip") return [clipGradNorm(optimizer, 0.4)];
      if (piece !== "backward") return [];
      const [x, y] = rest.splice(0, 2) as [Tensor, Tensor];
      const loss = crossEntropy(model.forward(x), y);
      loss.backward();
      return [loss];
    });
  };
  const captured = new Map<string, ReturnType<typeof wrap>>();
  const wrap = (pieces: readonly Piece[]) => capture((...args: Tensor[]) => run(pieces, args));
  const results: Tensor[] = [];
  for (let i = 0; i < 3; i++) {
    const queue = [...batches];
    for (const { pieces, captured: replayed } of groups) {
      const count = pieces.filter((piece) => piece === "backward").length;
      const args = queue.splice(0, count).flat();
      const known = captured.get(pieces.join()) ?? wrap(pieces);
      captured.set(pieces.join(), known);
      results.push(...(replayed ? known(...args) : scope(() => run(pieces, args))));
    }
  }
  const grads = model.parameters().map(({ grad }) => grad as Tensor);
  const values = await Promise.all(
    [...results, ...grads, ...model.parameters()].map((t) => t.read()),
  );
  for (const step of captured.values()) step.dispose();
  for (const used of results) used.dispose();
  optimizer.dispose();
  model.dispose();
  return values;
}

describe("an iteration split between captured and running code trains to the same bits", () => {
  for (const calls of [1, 2, 3]) {
    test(`${calls} backward passes a step, every way to split`, { timeout: 600_000 }, async () => {
      const pieces = iteration(calls);
      const expected = await train([{ pieces, captured: false }]);
      const ways = groupings(pieces).filter((groups) => groups.some(({ captured }) => captured));
      const wrong: string[] = [];
      for (const groups of ways) {
        const got = await train(groups);
        if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(nameOf(groups));
      }
      expect(ways.length).toBe({ 1: 33, 2: 88, 3: 232 }[calls]);
      expect(wrong).toEqual([]);
    });
  }
});

describe("gradients of leaves without an optimiser are those of running the step", () => {
  /** Gradients of leaves after every call; `clear` says where they are cleared now and then. */
  const grads = async (
    wrap: (step: (x: Tensor) => Tensor) => (x: Tensor) => Tensor,
    clear: "inside" | "outside" | "never",
    argument: boolean,
  ) => {
    const leaf = tensor([1, -2, 3], { requiresGrad: true });
    const x = tensor([0.5, 0.25, 2], { requiresGrad: argument });
    const step = wrap((input) => {
      if (clear === "inside") for (const each of [leaf, input]) clearGrad(each);
      const y = ops.sum(ops.mul(ops.square(leaf), ops.exp(input)));
      y.backward();
      return y;
    });
    const seen: unknown[] = [];
    let held: Tensor | undefined;
    for (let i = 0; i < 6; i++) {
      step(x);
      for (const each of [leaf, x]) seen.push(each.grad && [...(await each.grad.read())]);
      if (clear === "outside" && i % 3 === 2) for (const each of [leaf, x]) clearGrad(each);
      if (i === 3 && clear !== "outside") held = leaf.grad?.detach();
      if (held) seen.push([...(await held.read())]);
    }
    return seen;
  };
  for (const clear of ["inside", "outside", "never"] as const) {
    for (const argument of [false, true]) {
      test(`cleared ${clear}, ${argument ? "of an argument, too" : "of a constant"}`, async () => {
        const eager = await grads((step) => (x) => scope(() => step(x)), clear, argument);
        expect(await grads((step) => capture(step), clear, argument)).toEqual(eager);
      });
    }
  }

  test("one assigned by hand is added to, and one that the step clears is freed", async () => {
    const leaf = tensor([1, 2], { requiresGrad: true });
    const given = tensor([10, 20]);
    leaf.grad = given;
    const add = capture(() => ops.sum(ops.square(leaf)).backward());
    add();
    expect(leaf.grad).toBe(given);
    expect([...(await given.read())]).toEqual([12, 24]);
    const clear = capture(() => clearGrad(leaf));
    clear();
    expect(leaf.grad).toBe(null);
    expect(given.disposed).toBe(true);
  });

  test("a graph from outside is refused, and a forward pass alone has no history", async () => {
    const leaf = tensor([1, 2], { requiresGrad: true });
    const loss = ops.sum(ops.square(leaf));
    expect(() => capture(() => loss.backward())()).toThrow(
      /expected a graph made within the captured/,
    );
    expect(() => capture((l: Tensor) => l.backward())(loss)).toThrow(/from outside of it/);
    loss.backward();
    expect([...((await leaf.grad?.read()) ?? [])]).toEqual([2, 4]);
    using y = capture(() => ops.sum(ops.square(leaf)))();
    expect(() => y.backward()).toThrow(/^backward: expected a result that requires a gradient/);
  });
});
