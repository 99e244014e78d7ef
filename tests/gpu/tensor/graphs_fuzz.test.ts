import { expect, test } from "vitest";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { verifier } from "../../../src/testing/inspect/verifier.ts";
import { randomIntegers } from "../../support/files.ts";
import { seedOr, tries } from "../../support/fuzz.ts";
import { difference, drawnGraph, type Graph, sameBits, stepOf } from "../../support/graphs.ts";
import { initShared } from "../../support/shared_device.ts";

/*
 * Graphs drawn from a seed, forward and backward: eagerly twice, captured with and without fusion, each replayed, all
 * equal to the bit; some are also verified kernel by kernel against the references. `npm run fuzz -- graphs --count
 * 1000` tries more: about one in a thousand contains an expression that a compiler simplifies once it is fused, such as
 * (x − y) + y, and may then differ by rounding.
 */

const plain = await initShared();
const USUAL = 12;
/** Share of the largest number in the step: some roundings of f32 (2⁻²⁴ each) through up to 14 operations and back. */
const ROUNDING = 2 ** -18;

/**
 * Ways to run a graph whose result has other bits, and whether all of these differ by no more than rounding, in fused
 * kernels.
 */
async function differing(graph: Graph): Promise<{ ways: string[]; rounding: boolean }> {
  const { step, numbersOf, dispose } = stepOf(graph);
  const expected = await numbersOf(scope(step));
  const ways = { fused: capture(step), captured: capture(step, { fuse: false }) };
  const got: Record<string, Float32Array[]> = { eager: await numbersOf(scope(step)) };
  for (const [name, way] of Object.entries(ways)) {
    got[name] = await numbersOf(way());
    got[`${name}, replayed`] = await numbersOf(way());
    way.dispose();
  }
  dispose();
  const others = Object.entries(got).filter(([, numbers]) => !sameBits(numbers, expected));
  const rounding = others.every(
    ([name, numbers]) => name.startsWith("fused") && difference(numbers, expected) <= ROUNDING,
  );
  return { ways: others.map(([name]) => name), rounding };
}

/** The result of `work`; a run that throws or takes more than a minute counts as a way that differs. */
async function settled(work: Promise<Awaited<ReturnType<typeof differing>>>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("a hang: not over after a minute")), 60_000);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    return { ways: [String(error)], rounding: false };
  } finally {
    clearTimeout(timer);
  }
}

test("graphs of a seed give the same bits however they are run", async () => {
  const below = randomIntegers(seedOr(1));
  const count = tries(USUAL);
  const failures: string[] = [];
  const rounded: string[] = [];
  for (let i = 0; i < count; i++) {
    const graph = drawnGraph(below);
    const { ways, rounding } = await settled(differing(graph));
    if (ways.length === 0) continue;
    const told = `graph ${i}: ${ways.join("; ")} of ${JSON.stringify(graph)}`;
    (rounding && count > USUAL ? rounded : failures).push(told);
  }
  if (count > USUAL) {
    const told = `${failures.length} differ, ${rounded.length} by rounding where they are fused`;
    console.info([`${count} graphs: ${told}`, ...failures, ...rounded].join("\n"));
  }
  expect(failures).toEqual([]);
  await plain.flush();
  expect(plain.counters().liveBytes).toBe(0);
}, 3_600_000);

test("what a compiler may simplify is exact without fusion, and within rounding with it", async () => {
  const found = await differing([
    ["sub", 1, 2],
    ["add", 3, 2],
  ]); // (x − y) + y
  expect(found.ways.filter((way) => !way.startsWith("fused"))).toEqual([]);
  expect(found.rounding).toBe(true);
});

test("graphs of a seed are what the references of their kernels say", async () => {
  const engine = await init({ device: plain.gpu.device, inspect: verifier() });
  const below = randomIntegers(seedOr(2));
  for (let i = 0; i < Math.ceil(tries(USUAL) / 4); i++) {
    const graph = drawnGraph(below);
    const { step, numbersOf, dispose } = stepOf(graph);
    await numbersOf(scope(step)).catch((error: unknown) => {
      throw new Error(`graph ${i}, ${JSON.stringify(graph)}: ${error}`);
    });
    dispose();
  }
  await engine.flush();
  expect(engine.counters().liveBytes).toBe(0);
}, 3_600_000);
