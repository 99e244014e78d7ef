import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import type { AnyModule } from "../../../src/nn/module/module.ts";
import { zeros } from "../../../src/ops/shape/create.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { summary } from "../../../src/train/summary.ts";
import { builders, outputsOf } from "../../support/models/builders.ts";
import { classic } from "../../support/models/classic.ts";
import { inception } from "../../support/models/inception.ts";
import { mobile } from "../../support/models/mobile.ts";
import type { Scheme } from "../../support/models/scheme.ts";
import { silentDevice } from "../../support/silent_device.ts";

/** Facts about a builder's network; tests/golden/state_dicts.py documents the fields. */
interface Facts {
  readonly parameters: number;
  readonly entries: number;
  readonly hash: string;
  readonly groups: Readonly<Record<string, readonly [entries: number, hash: string]>>;
  readonly input: number;
  readonly inChannels?: number | undefined;
  readonly output: readonly number[];
  readonly macs?: number | undefined;
  readonly trained?: Readonly<Record<string, readonly number[]>> | undefined;
}

const digest = (lines: readonly string[], digits: number) =>
  createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, digits);

/** Number of entries and hash of their lines, grouped by the first two parts of their keys. */
function groupsOf(lines: readonly string[]): Facts["groups"] {
  const groups: Record<string, string[]> = {};
  for (const line of lines) {
    const [key = ""] = line.split(" ");
    const group = key.split(".").slice(0, 2).join(".");
    groups[group] = [...(groups[group] ?? []), line];
  }
  const found = Object.entries(groups).map(([group, of]) => [group, [of.length, digest(of, 8)]]);
  return Object.fromEntries(found);
}

const factsOf = ({ state, numClasses = 1000, ...scheme }: Scheme): Facts => ({
  ...{ ...scheme, output: [2, numClasses] },
  ...{ entries: state.length, hash: digest(state, 16), groups: groupsOf(state) },
});

const golden = resolve(import.meta.dirname, "../../golden/state_dicts.jsonl");
const torchvision = readFileSync(golden, "utf8").trim().split("\n");
const schemes = Object.entries({ ...classic, ...inception, ...mobile });
const known = new Map<string, Facts>([
  ...torchvision.map((line): [string, Facts] => [JSON.parse(line).name, JSON.parse(line)]),
  ...schemes.map(([name, scheme]): [string, Facts] => [name, factsOf(scheme)]),
]);

/** "key sizes" of every entry of the state dict, in its order. */
const linesOf = (model: AnyModule): string[] =>
  model
    .namedState()
    .map(([key, value]) => (value instanceof Tensor ? `${key} ${value.shape}`.trim() : key));

/** Output shapes for two images of the network's size. */
function shapesOf(model: AnyModule, { input, inChannels = 3 }: Facts) {
  return scope(() =>
    noGrad(() => {
      const outputs = outputsOf(model.forward(zeros([2, inChannels, input, input])));
      return outputs.map(([name, { shape }]) => [name, [...shape]] as const);
    }),
  );
}

/** The silent device allocates no GPU memory; the host must not hold the weights either. */
const hostMegabytes = () => process.memoryUsage().arrayBuffers / 2 ** 20;

const engine = await init({ device: silentDevice() });

describe("builders of networks are as published:", () => {
  test.each(builders)("$name", async ({ name, build }) => {
    const facts = known.get(name);
    if (!facts) throw new Error(`${name}: neither in state_dicts.jsonl nor in support/models`);
    const before = hostMegabytes();
    const model = build();
    await engine.flush();
    expect(hostMegabytes() - before).toBeLessThan(32);
    const lines = linesOf(model);
    expect(groupsOf(lines)).toEqual(facts.groups);
    expect(lines.length).toBe(facts.entries);
    expect(digest(lines, 16)).toBe(facts.hash);
    expect(model.parameterCount()).toBe(facts.parameters);
    const toSnake = (text: string) => text.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
    const trained = shapesOf(model, facts).map(([key, shape]) => [toSnake(key), shape]);
    expect(Object.fromEntries(trained)).toEqual(facts.trained ?? { logits: facts.output });
    expect(shapesOf(model.eval(), facts)).toEqual([["logits", facts.output]]);
    const { input, inChannels = 3, macs } = facts;
    const { multiplyAdds, parameters } = summary(model, [1, inChannels, input, input]);
    expect(parameters).toBe(facts.parameters);
    if (macs !== undefined) expect(multiplyAdds).toBe(macs);
    model.dispose();
    await engine.flush();
  });
});
