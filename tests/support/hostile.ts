import { beforeEach, expect, test } from "vitest";
import { WgradError } from "../../src/core/errors.ts";
import * as ops from "../../src/ops/index.ts";
import { currentEngine, type Engine, init } from "../../src/scheduler/engine.ts";
import { tensor } from "../../src/tensor/create.ts";
import { uncaught } from "./uncaught.ts";

let engine: Engine | undefined;

/** Tests that each program ends with an error of the library that says what to do, and harms nothing else. */
export function refused(programs: Readonly<Record<string, () => unknown>>): void {
  withEngine();
  for (const [name, program] of Object.entries(programs)) {
    test(`${name} is refused`, async () => {
      const { thrown, value } = await endOf(program);
      expect(thrown, `ends with ${value}`).toBeInstanceOf(WgradError);
      expect((thrown as WgradError).message).toMatch(/^[\w.]+: .+; ./s);
      await checkSound();
    });
  }
}

/** Tests that whatever a function of the page throws is what the call throws, unchanged, and that nothing else is harmed. */
export function passedOn(programs: Readonly<Record<string, (fail: () => never) => unknown>>): void {
  withEngine();
  for (const [name, program] of Object.entries(programs)) {
    for (const own of [null, undefined, new RangeError("of the page")]) {
      test(`${name} that throws ${own}: the call throws the same`, async () => {
        const fail = () => {
          throw own;
        };
        const end = await endOf(() => program(fail));
        expect(end).toHaveProperty("thrown");
        expect(end.thrown).toBe(own);
        await checkSound();
      });
    }
  }
}

/** Programs of before may have made an engine of a lost device the current one. */
function withEngine(): void {
  beforeEach(async () => {
    if (!engine || currentEngine() !== engine) engine = await init({ maxBytes: 1e8 });
  });
}

/** How a program ends, which leaves no rejection behind. */
async function endOf(program: () => unknown): Promise<{ thrown?: unknown; value?: unknown }> {
  let end: { thrown?: unknown; value?: unknown } = {};
  const leftovers = await uncaught(async () => {
    try {
      end = { value: await program() };
    } catch (thrown) {
      end = { thrown };
    }
  });
  expect(leftovers).toEqual([]);
  return end;
}

async function checkSound(): Promise<void> {
  using two = tensor([1, 2], { engine: engine as Engine });
  using sum = ops.add(two, 1);
  expect([...(await sum.read())]).toEqual([2, 3]);
}
