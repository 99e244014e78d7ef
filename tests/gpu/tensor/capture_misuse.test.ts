import { afterEach, describe, expect, test } from "vitest";
import { DisposedError, ValidationError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { type Captured, capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { uncaught } from "../../support/uncaught.ts";

/* Steps that do what a captured step must not do, and steps that do what only looks like it. */

type Step = Captured<readonly [Tensor], Tensor>;

const engine = await initShared();
const x = tensor([1, 2]);
const double = (a: Tensor) => ops.mul(a, 2);

const list = async (made: Tensor) => {
  using t = made;
  return [...(await t.read())];
};

/** After every refusal the engine, the argument and a captured step of the same function work. */
afterEach(async () => {
  const step = capture(double);
  expect(await list(step(x))).toEqual([2, 4]);
  expect(await list(step(x))).toEqual([2, 4]);
  step.dispose();
});

/** Bytes that stay after work that is refused. */
async function left(work: () => unknown): Promise<number> {
  await engine.flush();
  const before = engine.counters().liveBytes;
  await work();
  await engine.flush();
  return engine.counters().liveBytes - before;
}

describe("a captured step that calls itself is refused in the name of its maker, and can be called afterwards:", () => {
  const message =
    "capture: expected operations, got a read or a captured step; read results outside, call plain functions";

  test("directly", async () => {
    let inside = true;
    const step: Step = capture((a: Tensor): Tensor => (inside ? step(double(a)) : double(a)));
    const refused = await left(() => {
      expect(() => step(x)).toThrow(message);
      expect(() => step(x)).toThrow(ValidationError);
    });
    expect(refused).toBe(0);
    inside = false;
    expect(await list(step(x))).toEqual([2, 4]);
    expect(await list(step(x))).toEqual([2, 4]);
    step.dispose();
  });

  test("by way of another one", async () => {
    let inside = true;
    const other: Step = capture((a: Tensor): Tensor => (inside ? step(a) : double(a)));
    const step: Step = capture((a: Tensor): Tensor => other(double(a)));
    expect(() => step(x)).toThrow(message);
    expect(() => other(x)).toThrow(message);
    inside = false;
    expect(await list(other(x))).toEqual([2, 4]);
    other.dispose();
  });

  test("when it is prepared, and by prepare()", async () => {
    let told: unknown;
    const step: Step = capture((a: Tensor): Tensor => {
      told = step.prepare([a]).catch(String);
      return double(a);
    });
    await step.prepare([x]);
    expect(await told).toMatch(
      /^ValidationError: capture: expected operations, got a read or a captured step; read results outside, call/,
    );
    const itself: Step = capture((a: Tensor): Tensor => itself(a));
    await expect(itself.prepare([x])).rejects.toThrow(message);
    expect(await list(step(x))).toEqual([2, 4]);
    step.dispose();
  });

  test("as the forward of a model for inference", async () => {
    class Own extends nn.Module<[Tensor], Tensor> {
      next: ((a: Tensor) => Tensor) | undefined;
      override forward(a: Tensor): Tensor {
        return this.next ? this.next(a) : double(a);
      }
    }
    const model = new Own().eval();
    const predict = nn.inference(model);
    model.next = predict;
    expect(() => predict(x)).toThrow(
      /^inference: expected operations, got a read or a captured step; read results outside, call/,
    );
    model.next = undefined;
    expect(await list(predict(x))).toEqual([2, 4]);
    predict.dispose();
  });

  test("and a step that catches it goes on", async () => {
    const step: Step = capture((a: Tensor): Tensor => {
      try {
        return step(a);
      } catch {
        return double(a);
      }
    });
    expect(await list(step(x))).toEqual([2, 4]);
    expect(await list(step(x))).toEqual([2, 4]);
    step.dispose();
  });
});

describe("a captured step that", () => {
  test("calls another one is told to call its plain function", () => {
    const inner = capture(double);
    expect(() => capture((a: Tensor) => inner(a))(x)).toThrow(
      "capture: expected operations, got a read or a captured step; read results outside, call plain functions",
    );
  });

  test("disposes of its argument is refused: replays would leave the caller's alive", async () => {
    const step = capture((a: Tensor) => {
      const y = double(a);
      a.dispose();
      return y;
    });
    const refused = await left(() => {
      expect(() => step(x)).toThrow(
        /^capture: expected a live tensor, got the disposed .*; return it/,
      );
    });
    expect(refused).toBe(0);
    expect(x.disposed).toBe(false);
  });

  test("disposes of its result is refused", () => {
    const step = capture((a: Tensor) => {
      const y = double(a);
      y.dispose();
      return y;
    });
    expect(() => step(x)).toThrow(
      /^capture: expected a live tensor, got the disposed .*; return it/,
    );
  });

  test("disposes of a weight of its closure runs once, as without capture, and is then refused", async () => {
    const weight = tensor([3, 4]);
    const step = capture((a: Tensor) => {
      const y = ops.mul(a, weight);
      weight.dispose();
      return y;
    });
    expect(await list(step(x))).toEqual([3, 8]);
    expect(() => step(x)).toThrow(DisposedError);
    step.dispose();
  });

  test("is asynchronous is refused, also if it fails later, and what it does later is refused", async () => {
    const promised = (step: (a: Tensor) => Promise<unknown>) =>
      capture(step as unknown as typeof double);
    let later: unknown;
    const rest = await uncaught(async () => {
      const refusal =
        "capture: expected a synchronous function, got a promise; await outside of it";
      expect(() => promised(async (a) => double(a))(x)).toThrow(refusal);
      expect(() =>
        promised(async () => {
          throw new Error("of the page");
        })(x),
      ).toThrow(refusal);
      const goesOn = promised(async (a) => {
        await Promise.resolve();
        try {
          later = await list(double(a));
        } catch (error) {
          later = error;
        }
      });
      expect(() => goesOn(x)).toThrow(refusal);
    });
    expect(rest).toEqual([]);
    expect(later).toBeInstanceOf(DisposedError);
  });

  test("reads is refused, and what it read is no number", async () => {
    for (const read of [
      (a: Tensor) => double(a).read(),
      (a: Tensor) => a.read(),
      () => x.read(),
      (a: Tensor) => ops.sum(a).item(),
    ]) {
      let told: Promise<unknown> | undefined;
      const step = capture((a: Tensor) => {
        told = read(a).catch((error: unknown) => error);
        return double(a);
      });
      expect(() => step(x)).toThrow(
        /^capture: .*got a read or a captured step; read results outside/,
      );
      expect(await told).toBeInstanceOf(ValidationError);
      expect(String(await told)).toMatch(
        /^ValidationError: capture: expected operations, got a read or a captured step; read results outside/,
      );
    }
  });

  test("trims, flushes and finishes runs as without: these concern what waits outside of it", async () => {
    const step = capture((a: Tensor) => {
      void engine.trim();
      void engine.flush();
      void engine.finish();
      return double(a);
    });
    expect(await list(step(x))).toEqual([2, 4]);
    expect(await list(step(x))).toEqual([2, 4]);
    step.dispose();
  });
});
