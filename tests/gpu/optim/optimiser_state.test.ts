import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import {
  Adam,
  AdamW,
  NAdam,
  OneCycleLR,
  type OptimizerState,
  RMSprop,
  SGD,
} from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Three parameters of odd sizes, always with the same values unless `from` gives others. */
const sizes = [[3, 5], [70], [1]];
const make = (from: readonly Float32Array[] = []) =>
  sizes.map((shape, k) => {
    const data = from[k] ?? Float32Array.from({ length: 70 }, (_, i) => Math.sin(i + 10 * k));
    return nn.parameter(
      tensor(
        data.slice(
          0,
          shape.reduce((a, b) => a * b, 1),
        ),
        { shape },
      ),
    );
  });

/** One step on Σ (p − 1)⁴ of the parameters `used`. */
function step(optimizer: { zeroGrad(): void; step(): void }, used: readonly Tensor[]): void {
  optimizer.zeroGrad();
  scope(() => {
    for (const p of used) ops.sum(ops.square(ops.square(ops.sub(p, 1)))).backward();
    optimizer.step();
  });
}

const read = (tensors: readonly Tensor[]) =>
  Promise.all(tensors.map(async (p) => (await p.read()) as Float32Array));

const optimisers = {
  "SGD with momentum": (p: readonly Tensor[]) => new SGD(p, { lr: 0.01, momentum: 0.9 }),
  "centred RMSprop with momentum": (p: readonly Tensor[]) =>
    new RMSprop(p, { lr: 0.01, momentum: 0.5, centered: true }),
  Adam: (p: readonly Tensor[]) => new Adam(p, { lr: 0.05 }),
  "AdamW in two groups": ([a, ...rest]: readonly Tensor[]) =>
    new AdamW([
      { parameters: a ? [a] : [], lr: 0.1 },
      { parameters: rest, betas: [0.5, 0.9] },
    ]),
};

describe("an optimiser's state", () => {
  test.each(Object.entries(optimisers))(
    "lets another %s go on to the last bit, also where a parameter skipped steps",
    async (_, build) => {
      const ours = make();
      const optimizer = build(ours);
      step(optimizer, ours.slice(0, 2)); // the third parameter has made one step less
      step(optimizer, ours);
      const [saving, content] = [optimizer.stateDict(), read(ours)];
      for (let i = 0; i < 3; i++) step(optimizer, ours); // must not change the state dict that is being read
      const theirs = make(await content);
      const other = build(theirs);
      other.loadStateDict(structuredClone(await optimizer.stateDict()));
      other.loadStateDict(structuredClone(await saving)); // replaces all of the state loaded before
      for (let i = 0; i < 3; i++) step(other, theirs);
      expect(await read(theirs)).toEqual(await read(ours));
      expect(await other.stateDict()).toEqual(await optimizer.stateDict());
      for (const held of [optimizer, other, ...ours, ...theirs]) held.dispose();
    },
  );

  test("has each parameter's own steps, options and moments, and is JSON but for the arrays", async () => {
    const parameters = make();
    const optimizer = optimisers["AdamW in two groups"](parameters);
    step(optimizer, parameters.slice(0, 2));
    step(optimizer, parameters);
    const state = await optimizer.stateDict();
    expect(state).toMatchObject({ optimizer: "AdamW", steps: 2 });
    expect(state.groups.map((group) => group.parameters)).toEqual([[0], [1, 2]]);
    expect(state.groups[1]?.options).toMatchObject({ lr: 1e-3, betas: [0.5, 0.9] });
    expect(state.parameters.map(({ steps }) => steps)).toEqual([2, 2, 1]);
    expect(state.parameters.map(({ moments }) => Object.keys(moments))).toEqual(
      Array(3).fill(["m", "v"]),
    );
    expect(state.parameters.map(({ moments }) => moments.m?.length)).toEqual([15, 70, 1]);
    const arrays = (_: string, value: unknown) =>
      value instanceof Float32Array ? [...value] : value;
    const json: OptimizerState = JSON.parse(JSON.stringify(state, arrays));
    optimizer.loadStateDict(json);
    expect(await optimizer.stateDict()).toEqual(state);
    optimizer.dispose();
  });

  test("of something else is refused before anything changes", async () => {
    const parameters = make();
    const optimizer = new SGD(parameters, { lr: 0.01, momentum: 0.9 });
    step(optimizer, parameters);
    const state = await optimizer.stateDict();
    const refused = (
      wrong: Partial<OptimizerState>,
      error: typeof ShapeError,
      words: RegExp,
    ): void => {
      expect(() => optimizer.loadStateDict({ ...state, ...wrong })).toThrow(error);
      expect(() => optimizer.loadStateDict({ ...state, ...wrong })).toThrow(words);
    };
    const [group, [first, ...rest]] = [state.groups[0], state.parameters];
    if (!group || !first) throw new Error("one group, three parameters");
    const options = (changed: object) => ({
      groups: [{ ...group, options: { ...group.options, ...changed } }],
    });
    const parameter = (changed: object) => ({ parameters: [{ ...first, ...changed }, ...rest] });
    refused({ optimizer: "Adam" }, ValueError, /the state of SGD, got Adam; build/);
    refused({ groups: [] }, ValueError, /number of groups 1, got none/);
    refused({ parameters: rest }, ValueError, /number of parameters 3, got 2/);
    refused({ steps: -1 }, ValueError, /steps an integer/);
    refused(options({ rho: 1 }), ValueError, /group 0 to have the options .*rho: number/);
    refused(options({ lr: "1" }), ValueError, /lr: number.*got.*lr: string/);
    refused(options({ lr: -1 }), ValueError, /lr a finite number/);
    refused(options({ momentum: 0 }), ValueError, /moments none, got buf/);
    refused({ groups: [{ ...group, parameters: [0, 2, 1] }] }, ValueError, /0,1,2, got 0,2,1/);
    refused(parameter({ shape: [5, 3] }), ShapeError, /parameter 0 expects \[3, 5\], got \[5, 3\]/);
    refused(parameter({ steps: 0.5 }), ValueError, /steps of parameter 0 an integer/);
    refused(parameter({ memory: { product: 1 } }), ValueError, /remember none, got product/);
    refused(parameter({ moments: {} }), ValueError, /moments buf, got none/);
    refused(parameter({ moments: { buf: [1] } }), ShapeError, /buf of parameter 0 expects \[15\]/);
    expect(await optimizer.stateDict()).toEqual(state);
    optimizer.dispose();
  });

  test("and a schedule's go on together, learning rate and betas included", async () => {
    const build = (parameters: readonly Tensor[]) => {
      const optimizer = new NAdam(parameters);
      return { optimizer, schedule: new OneCycleLR(optimizer, { maxLr: 0.1, totalSteps: 8 }) };
    };
    const ours = make();
    const { optimizer, schedule } = build(ours);
    const train = (o: NAdam, s: OneCycleLR, p: readonly Tensor[], n: number) => {
      for (let i = 0; i < n; i++) {
        step(o, p);
        s.step();
      }
    };
    train(optimizer, schedule, ours, 3);
    const theirs = make(await read(ours));
    const other = build(theirs);
    other.optimizer.loadStateDict(await optimizer.stateDict());
    other.schedule.loadStateDict(schedule.stateDict());
    train(optimizer, schedule, ours, 4);
    train(other.optimizer, other.schedule, theirs, 4);
    expect(other.optimizer.groups[0]?.betas).toEqual(optimizer.groups[0]?.betas);
    expect(await read(theirs)).toEqual(await read(ours));
    for (const held of [optimizer, other.optimizer]) held.dispose();
  });

  test("that makes other parameters differ in their steps is followed by a captured step, as running it", async () => {
    const parameters = make();
    const optimizer = new Adam(parameters, { lr: 0.01 });
    step(optimizer, parameters.slice(0, 2));
    const apart = await optimizer.stateDict();
    optimizer.loadStateDict({
      ...apart,
      parameters: apart.parameters.map((each) => ({ ...each, steps: 1 })),
    });
    const captured = capture(() => step(optimizer, parameters));
    captured();
    captured();
    const before = await read(parameters);
    optimizer.loadStateDict(apart);
    captured();
    const got = await read(parameters);
    parameters.forEach((p, i) => {
      nn.assign(p, before[i] as Float32Array<ArrayBuffer>);
    });
    optimizer.loadStateDict(apart);
    step(optimizer, parameters);
    expect(await read(parameters)).toEqual(got);
    expect(got).not.toEqual(before);
    captured.dispose();
    optimizer.dispose();
  });
});
