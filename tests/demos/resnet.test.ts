import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { resultOf } from "../../demos/resnet/result.ts";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;
const SMALL = "every=6&batch=32&width=4&glance=40&heldOut=200";

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

async function train(parameters: string): Promise<ReturnType<typeof resultOf>> {
  await browser.visit(`resnet/?auto=1&${SMALL}&${parameters}`, DESKTOP);
  await browser.status("ok", "error");
  const { result, error } = await browser.demo();
  expect(browser.problems).toEqual([]);
  expect(error).toBeUndefined();
  return result as ReturnType<typeof resultOf>;
}

describe("the ResNet lab", () => {
  test("learns, at one submit a step and with nothing created after the first steps", async () => {
    const { loss, counters } = await train("steps=40&stages=2");
    expect(loss.last).toBeLessThan(0.85 * (loss.first ?? 0));
    expect(counters).toMatchObject({
      submits: 1,
      buffersCreated: 0,
      pipelinesCompiled: 0,
      memoryGrowth: 0,
      bytesRead: 4,
    });
  });

  test("gives the same losses to the bit for the same seed, others for another", async () => {
    const [first, again] = [
      await train("steps=4&stages=2&seed=3"),
      await train("steps=4&stages=2&seed=3"),
    ];
    const other = await train("steps=4&stages=2&seed=4");
    expect(again.lossDigest).toBe(first.lossDigest);
    expect(other.lossDigest).not.toBe(first.lossDigest);
  });

  test.each([
    "block=bottleneck&norm=group&activation=silu&optimiser=adamw",
    "block=preactivation&norm=layer&activation=gelu&optimiser=nesterov",
    "block=resnext&norm=instance&activation=leaky_relu&optimiser=rmsprop",
    "block=basic&norm=none&activation=tanh&optimiser=sgd&shortcut=false",
  ])("trains with %s", async (choice) => {
    const { steps, loss } = await train(`steps=3&stages=2&${choice}`);
    expect(steps).toBe(3);
    expect(loss.last).toBeLessThan(10);
  });

  test("pauses, goes on, and can be reset in the middle", async () => {
    await browser.visit(`resnet/?${SMALL}&steps=500&stages=1`, DESKTOP);
    await browser.status("ready");
    await browser.click("#start");
    await expect
      .poll(() => browser.text("#message"), { interval: 20 })
      .toMatch(/^Preparing the kernels: \d+ compiled …$/);
    await stepsReach(2);
    await browser.click("#start");
    expect(await browser.status("paused")).toBe("paused");
    await new Promise((done) => setTimeout(done, 1500));
    const held = await stepsDone();
    await new Promise((done) => setTimeout(done, 1500));
    expect(await stepsDone()).toBe(held);
    await browser.click("#start");
    await stepsReach(held + 2);
    await browser.click("#reset");
    expect(await browser.status("ready")).toBe("ready");
    expect(browser.problems).toEqual([]);
  });

  test("looks after ten steps, reads its chart under the pointer, and can be paused after a choice", async () => {
    await browser.visit("resnet/?width=4&batch=16&steps=400&stages=1&glance=20&every=200", DESKTOP);
    await browser.status("ready");
    await browser.click("#start");
    await stepsReach(14);
    expect(await browser.text("#confusion")).not.toBe("");
    expect(
      await browser.evaluate(() => document.getElementById("accuracy-chart")?.ariaLabel),
    ).toMatch(/now \d/);
    await browser.choose('select[aria-label="Normalisation"]', "Group");
    await expect.poll(() => browser.text("#message")).toBe("Press Restart to use these choices.");
    expect([await browser.text("#start"), await browser.text("#reset")]).toEqual([
      "Pause",
      "Restart",
    ]);
    await browser.click("#start");
    expect(await browser.status("paused")).toBe("paused");
    await browser.choose('select[aria-label="Normalisation"]', "Batch");
    await expect.poll(() => browser.text("#reset")).toBe("Reset");
    expect(await browser.text("#message")).toBe("Paused.");
    expect(await browser.text("#loss-chart .reading")).toContain("Point at the chart");
    await browser.clickAt("#loss-chart .u-over", 0.5, 0.5);
    expect(await browser.text("#loss-chart .reading")).toMatch(
      /^Step \d+: each step [\d.]+, smoothed [\d.]+$/,
    );
    await browser.choose('select[aria-label="Normalisation"]', "Group");
    await expect.poll(() => browser.text("#reset")).toBe("Restart");
    await browser.click("#reset");
    await browser.status("running");
    await expect.poll(() => browser.text("#reset")).toBe("Reset");
    expect(browser.problems).toEqual([]);
  });

  test("names settings that do not exist, and goes on without them", async () => {
    await browser.visit("resnet/?block=transformer&width=many", DESKTOP);
    expect(await browser.status("ready", "error")).toBe("ready");
    const note = await browser.text("#address-note");
    expect(note).toContain("?block=transformer: expected one of basic, bottleneck");
    expect(note).toContain("?width=many: expected a number. The page goes on with ");
  });
});

async function stepsDone(): Promise<number> {
  return (await browser.demo()).progress.done;
}

async function stepsReach(wanted: number): Promise<void> {
  while ((await stepsDone()) < wanted) await new Promise((done) => setTimeout(done, 100));
}
