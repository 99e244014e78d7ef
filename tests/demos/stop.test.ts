import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** What an element says in the task of the press: before anything else could run. */
async function saidAtOnce(button: string, message: string): Promise<string> {
  await browser.evaluate(() => {
    Object.assign(window, {
      pressAndRead: (pressed: string, read: string) => {
        (document.querySelector(pressed) as HTMLElement).click();
        return document.querySelector(read)?.textContent ?? "";
      },
    });
  });
  return browser.call<string>("pressAndRead", button, message);
}

async function progressReaches(done: number): Promise<void> {
  await expect.poll(async () => (await browser.demo()).progress.done).toBeGreaterThanOrEqual(done);
}

describe("what a visitor asks for replaces what they asked for before", () => {
  test("the optimiser race: of many moves of the start only the last one is raced", async () => {
    await browser.visit("optimisers/?steps=5000", DESKTOP);
    await browser.status("ready");
    await browser.evaluate(() => document.getElementById("start")?.focus());
    await browser.press("ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowRight");
    await progressReaches(4);
    expect(await saidAtOnce("#reset", "#count")).toBe("Stopping …");
    await browser.status("ready");
    await expect.poll(() => browser.text("#count")).toBe("Step 0 of 5,000");
    expect(await browser.evaluate(() => document.getElementById("start")?.ariaLabel)).toMatch(
      /^Start at -1\.\d+, 1\.\d+/,
    );
    await browser.click("#play");
    await progressReaches(4);
    await browser.click('[data-surface="saddle"]');
    await browser.click('[data-surface="beale"]');
    await browser.status("ready");
    await expect.poll(() => browser.text("#count")).toBe("Step 0 of 5,000");
    expect(browser.problems).toEqual([]);
  });

  test("the ResNet lab: Reset says so at once, and two presses begin one run", async () => {
    await browser.visit("resnet/?steps=500&stages=1&width=4&glance=40&every=6&batch=32", DESKTOP);
    await browser.status("ready");
    await browser.click("#start");
    await progressReaches(2);
    expect(await saidAtOnce("#reset", "#message")).toBe("Stopping …");
    await browser.status("ready");
    await browser.evaluate(() => {
      for (const _ of [1, 2]) document.getElementById("start")?.click();
    });
    await browser.status("running");
    await progressReaches(2);
    await browser.click("#reset");
    await browser.status("ready");
    expect(browser.problems).toEqual([]);
  });

  test("the benchmark: Stop ends a step that takes long, and it runs again", async () => {
    await browser.visit("benchmark/?rounds=50&sampleMs=60000&only=train-mlp", DESKTOP);
    await browser.status("ready");
    await browser.click("#run");
    await browser.status("running");
    expect(await saidAtOnce("#run", "#progress")).toBe("Stopping …");
    expect(await browser.status("ok")).toBe("ok");
    expect(await browser.text("#progress")).toBe("0 of 1: stopped");
    expect(await browser.evaluate(() => document.querySelectorAll("iframe").length)).toBe(0);
    await browser.click("#run");
    await browser.status("running");
    await browser.click("#run");
    await browser.status("ok");
    expect(browser.problems).toEqual([]);
  });

  test("kernels: Stop says so at once", async () => {
    await browser.visit("kernels/", DESKTOP);
    await browser.status("ready");
    await browser.click("#start");
    await progressReaches(2);
    expect(await saidAtOnce("#stop", "#message")).toBe("Stopping …");
    await browser.status("ok");
    expect(await browser.text("#message")).toContain("stopped early");
  });

  test("the machine of the SVM page and the palette of K-Means: Stop says so at once", async () => {
    await browser.visit("svm/?data=breastCancer&kernel=poly&degree=8&C=1000", DESKTOP);
    await expect.poll(() => browser.text("#message"), { interval: 20 }).toContain("steps …");
    expect(await saidAtOnce("#stop", "#message")).toBe("Stopping …");
    await browser.status("ok");
    await browser.visit("kmeans/?points=20&sample=0&colours=64", DESKTOP);
    await expect
      .poll(() => browser.text("#photo-message"), { interval: 20 })
      .toMatch(/^(Looking|Round)/);
    expect(await saidAtOnce("#stop", "#photo-message")).toBe("Stopping …");
    await browser.status("ok");
    expect(await browser.text("#photo-message")).toBe("Stopped.");
  });
});
