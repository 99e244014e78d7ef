import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1280, height: 900 }, scheme: "light" } as const;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

async function reload(): Promise<void> {
  await browser.reload();
  await browser.status("ready", "running", "ok");
}

describe("settings are in the address as they change, and a reload brings them again", () => {
  test("the SVM playground", async () => {
    await browser.visit("svm/?auto=0", DESKTOP);
    await browser.status("ok");
    await browser.slide("#C", 2);
    await browser.choose("#kernel", "poly");
    await browser.choose("#set", "xor");
    await expect.poll(() => browser.query()).toBe("?C=100&auto=0&data=xor&kernel=poly");
    await reload();
    expect([
      await browser.value("#C"),
      await browser.value("#kernel"),
      await browser.value("#set"),
    ]).toEqual([...["2", "poly", "xor"]]);
    await browser.choose("#kernel", "rbf");
    await browser.slide("#C", 0);
    await browser.choose("#set", "moons");
    await expect.poll(() => browser.query()).toBe("?auto=0");
  });

  test("the SVM playground, whose table does not come", async () => {
    await browser.visit("svm/?auto=0", DESKTOP);
    await browser.status("ok");
    await browser.failToLoad("*wine*");
    await browser.choose("#set", "wine");
    await expect
      .poll(() => browser.text("#message"))
      .toMatch(/^The table could not be loaded: .*\. Choose other points, or reload the page\.$/);
    expect(await browser.status("ok", "error")).toBe("ok");
    await browser.choose("#set", "xor");
    await expect
      .poll(() => browser.text("#message"))
      .toContain("are support vectors of the border");
    expect(browser.problems).toEqual([]);
  });

  test("the ResNet lab", async () => {
    await browser.visit("resnet/?auto=0", DESKTOP);
    await browser.status("ready");
    await browser.choose('select[aria-label="Normalisation"]', "Group");
    await expect.poll(() => browser.query()).toBe("?auto=0&norm=group");
    await reload();
    expect(await browser.value('select[aria-label="Normalisation"]')).toBe("Group");
  });

  test("Predict, Kernels and the benchmark", async () => {
    await browser.visit("predict/", DESKTOP);
    await browser.status("ok");
    await browser.slide("#steps", 200);
    await expect.poll(() => browser.query()).toBe("?steps=200");
    await browser.visit("kernels/?auto=0", DESKTOP);
    await browser.status("ready");
    await browser.type("#search", "softmax");
    await expect.poll(() => browser.query()).toBe("?auto=0&only=softmax");
    await browser.visit("benchmark/?auto=0", DESKTOP);
    await browser.status("ready");
    await browser.click('#libraries input[value="tfjs"]');
    await expect.poll(() => browser.query()).toBe("?auto=0&beside=tfjs");
    await reload();
    expect(
      await browser.evaluate(
        () => document.querySelector<HTMLInputElement>('#libraries input[value="tfjs"]')?.checked,
      ),
    ).toBe(true);
  });

  test("“Copy link” copies the address with what was changed just now", async () => {
    await browser.visit("svm/", DESKTOP);
    await browser.status("ok");
    await browser.evaluate(() => {
      const copied: string[] = [];
      Object.assign(window, { copied });
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text: string) => void copied.push(text) },
      });
    });
    await browser.slide("#C", 1);
    await browser.click("#copy-link");
    await expect.poll(() => browser.text(".where")).toContain("Copied.");
    const copied = await browser.evaluate(() => Reflect.get(window, "copied") as string[]);
    expect(copied).toEqual([expect.stringMatching(/\/svm\/\?C=10$/)]);
    expect(browser.problems).toEqual([]);
  });
});
