import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  AveragingEnsemble,
  EMA,
  loadCheckpoint,
  SWA,
  saveCheckpoint,
  VotingEnsemble,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** A model that returns the same rows for every input. */
class Says extends nn.Module {
  readonly rows: Tensor;

  constructor(rows: number[][]) {
    super();
    this.rows = nn.buffer(tensor(rows));
  }

  override forward(): Tensor {
    return ops.add(this.rows, 0);
  }
}

async function numbers(make: () => Tensor): Promise<number[]> {
  using y = scope(make);
  return [...(await y.read())];
}

const nothing = tensor([0]);
const softmax = (row: number[]) => {
  const e = row.map(Math.exp);
  return e.map((each) => each / e.reduce((a, b) => a + b, 0));
};

describe("a voting ensemble", () => {
  test("soft: averages probabilities, so that one sure member may overrule two", async () => {
    const logits = [
      [4, 0],
      [0, 1],
      [0, 1],
    ];
    const ensemble = new VotingEnsemble(logits.map((row) => new Says([row])));
    const [a = [], b = []] = [softmax([4, 0]), softmax([0, 1])];
    const mean = [0, 1].map((c) => ((a[c] ?? 0) + 2 * (b[c] ?? 0)) / 3);
    const got = await numbers(() => ensemble.forward(nothing));
    for (const [c, p] of got.entries()) expect(p).toBeCloseTo(mean[c] ?? 0, 6);
    expect(await numbers(() => ensemble.predict(nothing))).toEqual([0]);
    ensemble.dispose();
  });

  test("hard: counts votes; a tie goes to the lower class, whoever votes first", async () => {
    const rows = [
      [
        [0, 0, 9],
        [0, 5, 0],
        [1, 1, 0],
      ],
      [
        [0, 3, 1],
        [9, 0, 0],
        [0, 0, 1],
      ],
      [
        [0, 0, 1],
        [0, 0, 1],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [0, 1, 0],
        [2, 2, 0],
      ],
    ];
    const ensemble = new VotingEnsemble(
      rows.map((each) => new Says(each)),
      { voting: "hard" },
    );
    const shares = [0, 0.5, 0.5, 0.25, 0.5, 0.25, 0.5, 0, 0.5];
    expect(await numbers(() => ensemble.forward(nothing))).toEqual(shares);
    expect(await numbers(() => ensemble.predict(nothing))).toEqual([1, 1, 0]);
    ensemble.dispose();
  });

  test("weighs its members, and takes probabilities as they are", async () => {
    const members = [new Says([[0.9, 0.1]]), new Says([[0.2, 0.8]])];
    const soft = new VotingEnsemble(members, { weights: [1, 3], output: "probabilities" });
    const got = await numbers(() => soft.forward(nothing));
    expect(got[0]).toBeCloseTo((0.9 + 3 * 0.2) / 4, 6);
    const hard = new VotingEnsemble(members, { weights: [3, 1], voting: "hard" });
    expect(await numbers(() => hard.forward(nothing))).toEqual([0.75, 0.25]);
    soft.dispose();
  });

  test("refuses no members, other weights, and outputs that do not fit together", () => {
    const [one, two] = [new Says([[1, 2]]), new Says([[1, 2, 3]])];
    expect(() => new VotingEnsemble([])).toThrow(/expected members/);
    expect(() => new VotingEnsemble([one], { weights: [1, 2] })).toThrow(/as many weights/);
    expect(() => new VotingEnsemble([one], { weights: [0] })).toThrow(/not all 0/);
    expect(() => new AveragingEnsemble([one, two], { weights: [2, -1] })).toThrow(/weights ≥ 0/);
    const differ = () => new AveragingEnsemble([one, two]).forward(nothing);
    expect(() => scope(differ)).toThrow(/agree in shape, got \[1, 2\] and \[1, 3\]/);
    const flat = new VotingEnsemble([new nn.Flatten()]);
    expect(() => scope(() => flat.forward(ops.ones([2, 2, 2])).shape)).not.toThrow();
    const deep = new VotingEnsemble([new nn.Identity()]);
    expect(() => deep.forward(ops.ones([2, 2, 2]))).toThrow(/\[N, classes\], got \[2, 2, 2\]/);
  });

  test("is a module: it averages outputs, reaches its members' modes and keeps their names", async () => {
    const ensemble = new AveragingEnsemble([new nn.Linear(2, 1), new nn.Linear(2, 1)]);
    expect(ensemble.namedParameters().map(([name]) => name)).toEqual([
      "members.0.weight",
      "members.0.bias",
      "members.1.weight",
      "members.1.bias",
    ]);
    expect(ensemble.eval().members.map(({ training }) => training)).toEqual([false, false]);
    const [a, b] = ensemble.members.map((member) => member.forward(ops.ones([1, 2])));
    const mean = (((await a?.item()) ?? 0) + ((await b?.item()) ?? 0)) / 2;
    expect((await numbers(() => ensemble.forward(ops.ones([1, 2]))))[0]).toBeCloseTo(mean, 6);
    ensemble.dispose();
  });
});

describe("averages of weights", () => {
  const set = (model: nn.Module, value: number) => {
    for (const p of model.parameters()) nn.assign(p, new Float32Array(p.size).fill(value));
  };
  const first = async (model: nn.Module) => (await model.parameters()[0]?.read())?.[0];

  test("EMA: ā ← d·ā + (1 − d)·w, the first weights copied, one dispatch an update", async () => {
    const model = new nn.Sequential(new nn.Linear(3, 5), new nn.Linear(5, 70));
    const optimizer = new SGD(model.parameters());
    const ema = new EMA(model, { decay: 0.9 });
    let mean = 0;
    for (const [i, w] of [4, 2, -1, 7].entries()) {
      set(model, w);
      await engine.flush();
      const before = engine.counters().dispatches;
      ema.update();
      await engine.flush();
      expect(engine.counters().dispatches - before).toBe(1);
      mean = i === 0 ? w : 0.9 * mean + 0.1 * w;
    }
    ema.swap();
    expect(await first(model)).toBeCloseTo(mean, 5);
    ema.swap();
    expect(await first(model)).toBe(7);
    for (const held of [ema, optimizer, model]) held.dispose();
  });

  test("EMA with warmUp begins with short memory", async () => {
    const model = new nn.Linear(1, 1);
    const ema = new EMA(model, { decay: 0.999, warmUp: true });
    for (const w of [10, 0]) {
      set(model, w);
      ema.update();
    }
    ema.swap();
    expect(await first(model)).toBeCloseTo((10 * 2) / 11, 5); // d = (1 + 1) / (10 + 1)
    ema.dispose();
    model.dispose();
  });

  test("SWA is the plain mean, also after its state went through a checkpoint", async () => {
    const model = new nn.Sequential(new nn.Linear(2, 2), new nn.BatchNorm1d(2));
    const [one, two] = [new SWA(model), new SWA(model)];
    for (const w of [1, 2]) {
      set(model, w);
      one.update();
    }
    await loadCheckpoint(await saveCheckpoint({ average: one }), { average: two });
    set(model, 6);
    two.update();
    expect(two.updates).toBe(3);
    const twin = new nn.Sequential(new nn.Linear(2, 2), new nn.BatchNorm1d(2));
    twin.loadStateDict(await two.averaged());
    expect(await first(twin)).toBeCloseTo(3, 5);
    expect(await first(model)).toBe(6);
    for (const held of [one, two, model, twin]) held.dispose();
  });

  test("of one model leave another in the same arena alone", async () => {
    const [a, b] = [new nn.Linear(2, 2), new nn.Linear(2, 2)];
    const optimizer = new SGD([...a.parameters(), ...b.parameters()]);
    const ema = new EMA(a);
    set(a, 1);
    set(b, 2);
    ema.update();
    set(b, 5);
    set(a, 3);
    ema.swap();
    expect([await first(a), await first(b)]).toEqual([1, 5]);
    for (const held of [ema, optimizer, a, b]) held.dispose();
  });

  test("refuse to swap with nothing, decays that are none, and another model's state", async () => {
    const model = new nn.Linear(2, 2);
    const ema = new EMA(model);
    expect(() => ema.swap()).toThrow(/update before swap\(\), got none/);
    expect(() => new EMA(model, { decay: 1 })).toThrow(/decay in \[0, 1\)/);
    expect(() => new SWA(new nn.ReLU())).toThrow(/a model with parameters/);
    const other = new SWA(new nn.Linear(3, 2));
    other.update();
    const state = await other.stateDict();
    expect(() => ema.loadStateDict(state)).toThrow(/weight expects \[2, 2\], got \[2, 3\]/);
    expect(ema.updates).toBe(0);
    ema.dispose();
    model.dispose();
  });
});
