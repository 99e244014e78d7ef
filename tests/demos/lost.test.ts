import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";
import { PHONE, pages } from "./works.ts";

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open({ alone: true });
});
afterAll(() => browser.close());

const status = () => browser.evaluate(() => document.body.dataset.status ?? "");

/** Waits until the page works and has compiled some pipelines; during experiments some pages are "ready". */
async function untilItWorks(): Promise<void> {
  const works = () =>
    browser.evaluate(
      () =>
        /^(ready|running)$/.test(document.body.dataset.status ?? "") &&
        (window.compiledSoFar ?? 0) >= 3,
    );
  await expect.poll(works, { interval: 20 }).toBe(true);
}

/** Opens a page that has lost no device so far. */
async function visit(path: string): Promise<void> {
  await browser.visit(path, PHONE);
  await browser.evaluate(() => sessionStorage.clear());
  await untilItWorks();
}

/** Ends the GPU process; waits until the page has been reloaded or has failed. */
async function loseDevice(): Promise<void> {
  await browser.evaluate(() => Object.assign(window, { before: true }) && undefined);
  await browser.crashGpu();
  const here = () => browser.evaluate(() => Reflect.has(window, "before"));
  await expect.poll(async () => !(await here()) || (await status()) === "error").toBe(true);
}

test.each(pages)(
  "$folder is reloaded with its settings when the GPU process ends, says so in one line and works again",
  async ({ folder, short }) => {
    await visit(`${folder}/?auto=1&experiment=all&${short}`);
    const settings = await browser.query();
    await loseDevice();
    const notes = () =>
      browser.evaluate(() =>
        [...document.querySelectorAll("#lost-note")].map((note) => note.textContent),
      );
    await expect.poll(notes).toEqual([expect.stringContaining("lost the graphics device")]);
    await untilItWorks();
    expect(await browser.query()).toBe(settings);
    expect(browser.problems).toEqual([]);
  },
);

/** What the page found, without durations. */
async function figures(): Promise<unknown> {
  expect(await browser.status("ok", "error")).toBe("ok");
  const { result } = await browser.demo();
  const plain = JSON.stringify(result, (key, value) => (/seconds|ms$/i.test(key) ? 0 : value));
  return JSON.parse(plain);
}

test.each(["svm/?data=moons&auto=1&experiment=all", "optimisers/?steps=10&auto=1"])(
  "%s finds the same figures after the GPU process ended as without that",
  async (path) => {
    await visit(path);
    const undisturbed = await figures();
    await visit(path);
    await loseDevice();
    expect(await figures()).toEqual(undisturbed);
    expect(browser.problems).toEqual([]);
  },
);

test.each(["kernels", "predict"])(
  "%s is reloaded after two losses, and says after the third that the device was lost, and nothing else",
  async (folder) => {
    await visit(`${folder}/?auto=1`);
    for (const _ of [1, 2]) {
      await loseDevice();
      expect(await status()).not.toBe("error");
      await untilItWorks();
    }
    await loseDevice();
    expect(await status()).toBe("error");
    const text = await browser.text();
    expect(text).toContain("Something went wrong");
    expect(text).toContain("the GPU device was lost");
    expect(text).not.toMatch(/failed|running/i);
    expect((await browser.demo()).error).toContain("the GPU device was lost");
    await new Promise((done) => setTimeout(done, 1000)); // work that was in flight must not change that
    expect(await status()).toBe("error");
    expect((await browser.demo()).result).toBe(undefined);
    expect(browser.problems).toEqual([]);
  },
);
