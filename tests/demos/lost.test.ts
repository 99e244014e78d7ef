import { afterEach, beforeEach, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";

const PHONE = { size: { width: 390, height: 844 }, scheme: "dark" } as const;

let browser: DemoBrowser;
beforeEach(async () => {
  // one browser for each test: Chrome disables WebGPU after several crashes of its GPU process
  browser = await DemoBrowser.open({ alone: true });
});
afterEach(() => browser.close());

test.each([
  ["optimisers/?auto=0&steps=5000", "#play", "steps=5000"],
  ["kmeans/?k=5", undefined, "k=5"],
] as const)(
  "%s goes on with its settings when the graphics process ends",
  async (path, button, kept) => {
    await browser.visit(path, PHONE);
    await browser.status("ready", "ok");
    if (button) {
      await browser.click(button);
      await browser.status("running");
    }
    await browser.crashGpu();
    const note = () =>
      browser.evaluate(() => document.getElementById("lost-note")?.textContent ?? "");
    await expect.poll(note, { timeout: 30_000 }).toContain("lost the graphics device");
    const status = () => browser.evaluate(() => document.body.dataset.status ?? "");
    await expect.poll(status, { timeout: 60_000 }).toMatch(/ready|ok|running/);
    expect(await browser.evaluate(() => location.search)).toContain(kept);
    expect(await browser.evaluate(() => document.body.textContent)).not.toMatch(
      /Something went wrong/,
    );
    expect(browser.problems.filter((text) => !text.includes("device was lost"))).toEqual([]);
  },
  120_000,
);
