import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { ValueError } from "../../../src/core/errors.ts";
import { binaryCrossEntropyWithLogits } from "../../../src/loss/index.ts";
import { autocast } from "../../../src/ops/elementwise/precision.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { keep, scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

describe("a scope that is refused frees everything first:", () => {
  const unhandled: unknown[] = [];
  const note = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unhandled.push(event.reason);
  };
  beforeEach(() => addEventListener("unhandledrejection", note));
  afterEach(() => removeEventListener("unhandledrejection", note));

  /** Runs a scope that must be refused; returns the tensors made in it. */
  function refused(words: RegExp, work: (made: (x: Tensor) => Tensor) => unknown): Tensor[] {
    const all: Tensor[] = [];
    const made = (x: Tensor) => {
      all.push(x);
      return x;
    };
    expect(() => scope(() => work(made))).toThrow(ValueError);
    expect(() => scope(() => work(made))).toThrow(words);
    return all;
  }

  test.each([
    ["noGrad", noGrad],
    ["autocast", autocast],
  ])("an asynchronous function for %s, whose mode would end at the first await", (name, mode) => {
    const later = async () => {
      await 0;
      throw new Error("not an unhandled rejection");
    };
    expect(() => mode(later)).toThrow(`${name}: expected a synchronous function, got a promise`);
    const x = tensor([1], { requiresGrad: true });
    expect(ops.mul(x, 2).requiresGrad).toBe(true);
  });

  test("an asynchronous function, without an unhandled rejection", async () => {
    const made = refused(/^scope: expected a synchronous function, got a promise/, async (made) => {
      const x = made(tensor([1, 2, 3]));
      await Promise.resolve();
      return ops.relu(x); // the scope has freed x: throws
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toEqual([]);
    expect(made.map(({ disposed }) => disposed)).toEqual([true, true]);
  });

  test("a result that contains itself", () => {
    const made = refused(/^scope: expected a result without cycles/, (made) => {
      const result: Record<string, unknown> = { x: made(tensor([1])), y: [made(tensor([2]))] };
      (result.y as unknown[]).push({ result });
      made(tensor([3]));
      return result;
    });
    expect(made.map(({ disposed }) => disposed)).toEqual(new Array(6).fill(true));
  });

  test("a result that throws when it is looked at", () => {
    let x: Tensor | undefined;
    const work = () => {
      x = tensor([1]);
      return Object.defineProperty({ x }, "bad", {
        enumerable: true,
        get: () => {
          throw new Error("bad");
        },
      });
    };
    expect(() => scope(work)).toThrow("bad");
    expect(x?.disposed).toBe(true);
  });
});

describe("a scope returns", () => {
  test("what is in a result twice, without a cycle", async () => {
    const { a, b } = scope(() => {
      const pair = [tensor([1]), tensor([2])];
      return { a: pair, b: [pair, pair[0]] };
    });
    expect(await ops.add(a[0] as Tensor, a[1] as Tensor).item()).toBe(3);
    expect(b[1]).toBe(a[0]);
    for (const each of a) each.dispose();
  });

  test("what lies deeper than calls go", () => {
    let deepest: Tensor | undefined;
    scope(() => {
      deepest = tensor([1]);
      let result: unknown = deepest;
      for (let i = 0; i < 200_000; i++) result = [result];
      return result;
    });
    expect(deepest?.disposed).toBe(false);
    deepest?.dispose();
  });
});

describe("the gradient of a leaf", () => {
  /** A leaf with the gradient [3, 3]. */
  function learned(): Tensor {
    const w = tensor([1, 2], { requiresGrad: true });
    ops.sum(ops.mul(w, tensor([3]))).backward();
    return w;
  }
  const live = () => engine.counters().liveBytes;

  test("is freed by the scope that frees the leaf, whatever came of it", async () => {
    const before = live();
    const read = scope(() => {
      const w = learned();
      ops.sum(w).backward(); // adds to the existing gradient
      return ops.mul(w.grad as Tensor, tensor([1]));
    });
    expect([...(await read.read())]).toEqual([4, 4]);
    read.dispose();
    await engine.flush();
    expect(live()).toBe(before);
  });

  test("passes with a leaf that is returned to the scope around it, and to none with one that is kept", async () => {
    let returned: Tensor | undefined;
    let kept: Tensor | undefined;
    scope(() => {
      returned = scope(learned);
      kept = keep(learned());
      expect(returned.grad?.disposed).toBe(false);
    });
    expect([returned?.grad?.disposed, kept?.grad?.disposed]).toEqual([true, false]);
    expect([...((await kept?.grad?.read()) ?? [])]).toEqual([3, 3]);
    kept?.grad?.dispose();
    kept?.dispose();
  });

  test("made within a scope stays with a leaf from outside of it", async () => {
    using w = tensor([1, 2], { requiresGrad: true });
    scope(() => ops.sum(ops.mul(w, tensor([3]))).backward());
    expect([...((await w.grad?.read()) ?? [])]).toEqual([3, 3]);
    w.grad?.dispose();
  });

  test("leaves nothing behind, for losses over layers", async () => {
    const step = async () => {
      using row = scope(() => {
        const x = tensor(new Float32Array(48).fill(0.5), { shape: [24, 2] });
        const t = tensor(new Float32Array(24), { shape: [24, 1] });
        const w = tensor([1, 2], { shape: [2, 1], requiresGrad: true });
        const logits = ops.add(ops.matmul(x, w), tensor([0.5]));
        const loss = binaryCrossEntropyWithLogits(logits, t, { reduction: "sum" });
        ops.sum(ops.mul(loss, tensor([2]))).backward();
        return ops.reshape(w.grad as Tensor, [2]);
      });
      return row.read();
    };
    await step();
    const before = live();
    for (let i = 0; i < 3; i++) await step();
    expect(live()).toBe(before);
  });
});
