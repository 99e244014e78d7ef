import { expect, test } from "vitest";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { verifier } from "../../../src/testing/inspect/verifier.ts";
import { randomIntegers } from "../../support/files.ts";
import { seedOr, tries } from "../../support/fuzz.ts";
import { drawnGraph, type Graph, stepOf } from "../../support/graphs.ts";

/*
 * Graphs drawn from a seed, forward and backward: eagerly twice, captured with and without fusion, each replayed, all to the
 * same bits; and some of them kernel by kernel against the references. `npm run fuzz -- graphs --count 1000` tries more.
 */

const plain = await init();
const USUAL = 12;

/** How a graph is run otherwise gives other bits: the ways that do. */
async function differing(graph: Graph): Promise<string[]> {
  const { step, bitsOf, dispose } = stepOf(graph);
  const expected = await bitsOf(scope(step));
  const ways = { fused: capture(step), captured: capture(step, { fuse: false }) };
  const got: Record<string, string> = { eager: await bitsOf(scope(step)) };
  for (const [name, way] of Object.entries(ways)) {
    got[name] = await bitsOf(way());
    got[`${name}, replayed`] = await bitsOf(way());
    way.dispose();
  }
  dispose();
  return Object.entries(got).flatMap(([name, bits]) => (bits === expected ? [] : [name]));
}

test("graphs of a seed give the same bits however they are run", async () => {
  const below = randomIntegers(seedOr(1));
  const count = tries(USUAL);
  const failures: string[] = [];
  for (let i = 0; i < count; i++) {
    const graph = drawnGraph(below);
    const ways = await differing(graph);
    if (ways.length > 0)
      failures.push(`graph ${i}: ${ways.join("; ")} of ${JSON.stringify(graph)}`);
  }
  if (count > USUAL)
    console.info(`${count} graphs: ${failures.length} differ\n${failures.join("\n")}`);
  expect(failures).toEqual([]);
  await plain.flush();
  expect(plain.counters().liveBytes).toBe(0);
}, 3_600_000);

test("graphs of a seed are what the references of their kernels say", async () => {
  const engine = await init({ device: plain.gpu.device, inspect: verifier() });
  const below = randomIntegers(seedOr(2));
  for (let i = 0; i < Math.ceil(tries(USUAL) / 4); i++) {
    const graph = drawnGraph(below);
    const { step, bitsOf, dispose } = stepOf(graph);
    await bitsOf(scope(step)).catch((error: unknown) => {
      throw new Error(`graph ${i}, ${JSON.stringify(graph)}: ${error}`);
    });
    dispose();
  }
  await engine.flush();
  expect(engine.counters().liveBytes).toBe(0);
}, 3_600_000);
