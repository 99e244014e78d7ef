import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { resultOf } from "../../demos/resnet/result.ts";
import { activations, blocks, norms, optimisers } from "../../demos/resnet/settings.ts";
import { number, percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Figures, type Found, says } from "./findings.ts";
import { DESKTOP, doesItsWork } from "./works.ts";

type Result = ReturnType<typeof resultOf> & {
  readonly experiments: Record<"shortcut" | "small-batch" | "rate", Found<Figures>>;
};

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** The page after its training and experiments. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "resnet", { steps: 40, stages: 2, part: 0.6 });
  return worked;
};

/** Result of the training that is running. */
async function trained(): Promise<Result> {
  await expect.poll(async () => (await browser.demo()).result !== undefined).toBe(true);
  expect(await browser.status("ok", "error")).toBe("ok");
  const { result, error } = await browser.demo();
  expect(browser.problems).toEqual([]);
  expect(error).toBeUndefined();
  return result as Result;
}

const field = (label: string) => `select[aria-label="${label}"]` as const;

interface Choices {
  readonly block?: keyof typeof blocks;
  readonly norm?: keyof typeof norms;
  readonly activation?: keyof typeof activations;
  readonly optimiser?: keyof typeof optimisers;
  readonly seed?: number;
  readonly shortcut?: false;
}

/** Changes settings as a visitor does, and trains again. */
async function train(choices: Choices): Promise<Result> {
  const { block, norm, activation, optimiser, seed, shortcut } = choices;
  if (block) await browser.choose(field("Block"), blocks[block]);
  if (norm) await browser.choose(field("Normalisation"), norms[norm]);
  if (activation) await browser.choose(field("Activation"), activations[activation] ?? "");
  if (optimiser) await browser.choose(field("Optimiser"), optimisers[optimiser]);
  if (seed) await browser.choose(field("Seed"), String(seed));
  if (shortcut === false)
    await browser.evaluate(() =>
      document.querySelector<HTMLElement>('input[aria-label="Shortcut"]')?.click(),
    );
  await browser.evaluate(() => {
    delete window.wgradDemo.result;
  });
  if (block || norm || activation || shortcut === false) await expectDrawn(choices);
  await browser.click("#start");
  const result = await trained();
  expect({ ...result.network, ...result.training }).toMatchObject(choices);
  return result;
}

/** The drawing of the block must be that of the chosen settings. */
async function expectDrawn({ norm, activation, shortcut }: Choices): Promise<void> {
  const drawing = () =>
    browser.evaluate(() => {
      const svg = document.querySelector("#block svg");
      const texts = [...(svg?.querySelectorAll("text") ?? [])].map((node) => node.textContent);
      return `${[svg?.ariaLabel ?? "", ...texts].join(" · ")} ·`;
    });
  await expect.poll(drawing).toMatch(/^One block, from input to output: /);
  const said = await drawing();
  if (norm && norm !== "none") expect(said).toContain(`${norms[norm]} norm · `);
  if (norm === "none") expect(said).not.toContain(" norm");
  if (activation) expect(said).toContain(` · ${activations[activation]}`);
  expect(said.includes("· shortcut ·") && said.includes("· + ·")).toBe(shortcut !== false);
}

/** Trains with settings that need kernels of their own. */
async function expectTrains(choices: Choices): Promise<void> {
  const { steps, loss } = await train(choices);
  expect(steps, JSON.stringify(choices)).toBe(4);
  expect(loss.last, JSON.stringify(choices)).toBeLessThan(10);
}

describe("the ResNet lab", () => {
  test("its experiments say what their figures say", async () => {
    const found = (await open()).experiments;
    const { withShortcut = 0, without = 1 } = found.shortcut.figures;
    expect(withShortcut / without).toBeGreaterThan(1e6);
    says(found.shortcut.sentence, number(withShortcut), number(without));
    expect(found.shortcut.answer).toBe("More than 1,000");
    const { batch = 0, group = 0, steps } = found["small-batch"].figures;
    says(found["small-batch"].sentence, `After ${steps} steps`, percent(batch), percent(group));
    expect(found["small-batch"].answer).toBe(
      batch > group + 0.05
        ? "Batch normalisation"
        : group > batch + 0.05
          ? "Group normalisation"
          : "Neither by 5 points",
    );
    const { small = 9, large } = found.rate.figures;
    expect(small).toBeLessThan(2.2);
    expect(large ?? Infinity).toBeGreaterThan(small);
    says(found.rate.sentence, number(small));
  });

  test("learns, at one submit a step and with nothing created after the first steps", async () => {
    const { loss, counters } = await open();
    expect(loss.last).toBeLessThan(0.85 * (loss.first ?? 0));
    expect(counters).toMatchObject({
      submits: 1,
      buffersCreated: 0,
      pipelinesCompiled: 0,
      memoryGrowth: 0,
      bytesRead: 4,
    });
  });

  test("gives the same losses to the bit for the same seed, others for another; trains with other blocks, norms, activations and optimisers", async () => {
    const small = "every=6&batch=32&width=4&glance=40&heldOut=200&steps=4&stages=2&seed=3";
    await browser.visit(`resnet/?auto=1&${small}`, DESKTOP);
    const first = await trained();
    await expectTrains({
      ...{ block: "bottleneck", norm: "group", activation: "silu", optimiser: "adamw" },
    });
    await expectTrains({
      ...{ block: "preactivation", norm: "layer", activation: "gelu", optimiser: "nesterov" },
    });
    await expectTrains({
      ...{ block: "resnext", norm: "instance", activation: "leaky_relu", optimiser: "rmsprop" },
    });
    await browser.visit(`resnet/?auto=1&${small}`, DESKTOP);
    expect((await trained()).lossDigest).toBe(first.lossDigest);
    expect((await train({ seed: 4 })).lossDigest).not.toBe(first.lossDigest);
    await expectTrains({
      ...{ block: "basic", norm: "none", activation: "tanh", optimiser: "sgd", shortcut: false },
    });
  });

  test("compiles, evaluates after ten steps, pauses, continues, restarts, and answers a reset at once", async () => {
    const small = "width=4&batch=16&steps=500&stages=1&glance=20&every=200";
    await browser.visit(`resnet/?auto=0&${small}`, DESKTOP);
    await browser.status("ready");
    await browser.click("#start");
    await expect
      .poll(() => browser.text("#message"), { interval: 20 })
      .toMatch(/^Compiling kernels: \d+ done …$/);
    await stepsReach(2);
    await browser.click("#start");
    expect(await browser.status("paused")).toBe("paused");
    await new Promise((done) => setTimeout(done, 1500));
    const held = await stepsDone();
    await new Promise((done) => setTimeout(done, 1500));
    expect(await stepsDone()).toBe(held);
    await browser.click("#start");
    await pausesShortly();
    await stepsReach(Math.max(14, held + 2));
    expect(await browser.text("#confusion")).not.toBe("");
    expect(
      await browser.evaluate(() => document.getElementById("accuracy-chart")?.ariaLabel),
    ).toMatch(/now \d/);
    await expectChoices();
    expect(await browser.saidAtOnce("#reset", "#message")).toBe("Stopping …");
    expect(await browser.status("ready")).toBe("ready");
    await browser.evaluate(() => {
      for (const _ of [1, 2]) document.getElementById("start")?.click();
    });
    await browser.status("running");
    await stepsReach(2);
    await browser.click("#reset");
    expect(await browser.status("ready")).toBe("ready");
    expect(browser.problems).toEqual([]);
  });

  test("starts by itself; names settings that do not exist, and goes on without them", async () => {
    await browser.visit("resnet/?block=transformer&width=many&depth=99&norm=foo", DESKTOP);
    expect(await browser.status("running", "error")).toBe("running");
    const note = await browser.text("#address-note");
    expect(note).toContain("?block=transformer: expected one of basic, bottleneck");
    expect(note).toContain("?width=many: expected a number. The page goes on with ");
    expect(note).toContain(
      "?depth=99: expected a whole number from 1 to 8. The page goes on with 1.",
    );
    expect(note).toContain("?norm=foo: expected one of batch, group");
  });
});

/** Pauses and continues while the steps in flight end, a few times. */
async function pausesShortly(): Promise<void> {
  await browser.evaluate(async () => {
    for (const pause of [20, 40, 80, 30]) {
      document.getElementById("start")?.click();
      await new Promise((done) => setTimeout(done, pause));
      document.getElementById("start")?.click();
      await new Promise((done) => setTimeout(done, 150));
    }
  });
}

/**
 * While it trains, a changed setting turns Reset into Restart, and undoing the change turns it back; the chart is read
 * under the pointer.
 */
async function expectChoices(): Promise<void> {
  await browser.choose(field("Normalisation"), "Group");
  await expect.poll(() => browser.text("#message")).toBe("Press Restart to use these choices.");
  expect([await browser.text("#start"), await browser.text("#reset")]).toEqual([
    "Pause",
    "Restart",
  ]);
  await browser.click("#start");
  expect(await browser.status("paused")).toBe("paused");
  await browser.choose(field("Normalisation"), "Batch");
  await expect.poll(() => browser.text("#reset")).toBe("Reset");
  expect(await browser.text("#message")).toBe("Paused.");
  expect(await browser.text("#loss-chart .reading")).toContain("Point at the chart");
  await browser.clickAt("#loss-chart .u-over", 0.5, 0.5);
  expect(await browser.text("#loss-chart .reading")).toMatch(
    /^Step \d+: each step [\d.]+, smoothed [\d.]+$/,
  );
  await browser.choose(field("Normalisation"), "Group");
  await expect.poll(() => browser.text("#reset")).toBe("Restart");
  await browser.click("#reset");
  await browser.status("running");
  await expect.poll(() => browser.text("#reset")).toBe("Reset");
  await stepsReach(2);
}

async function stepsDone(): Promise<number> {
  return (await browser.demo()).progress.done;
}

async function stepsReach(wanted: number): Promise<void> {
  await expect.poll(stepsDone).toBeGreaterThanOrEqual(wanted);
}
