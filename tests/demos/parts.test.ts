import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../demos/shared/experiments.ts";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1280, height: 900 }, scheme: "light" } as const;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** Explanations that are open. */
const open = () =>
  browser.evaluate(() =>
    [...document.querySelectorAll(".term-card:popover-open")].map((node) => node.textContent),
  );

const forced = [{ name: "forced-colors", value: "active" }];
const still = [{ name: "prefers-reduced-motion", value: "reduce" }];

/** How some parts of the page are shown: on paper without buttons, a pressed choice with a line around it, and motion. */
function displays() {
  const style = (selector: string) =>
    getComputedStyle(document.querySelector(selector) ?? document.body);
  const moving = [...document.querySelectorAll("*")].filter((node) => {
    const { transitionDuration, animationName } = getComputedStyle(node);
    return transitionDuration !== "0s" || animationName !== "none";
  });
  return {
    buttons: style(".buttons").display,
    neighbours: style(".neighbours").display,
    card: style(".card").breakInside,
    pressed: style('.choices [aria-pressed="true"]').outlineStyle,
    motion: moving.length,
  };
}

describe("what all pages share", () => {
  test("a term opens by keyboard within the window, and closes by Escape; a page has its neighbours", async () => {
    await browser.visit("svm/?data=own", { size: { width: 390, height: 844 }, scheme: "dark" });
    await browser.status("ok");
    await browser.evaluate(() => document.querySelector<HTMLElement>(".term")?.focus());
    await browser.press("Enter");
    await expect.poll(open).toEqual([expect.stringMatching(/^margin.*\|f\(x\)\| ≤ 1$/)]);
    const [left, right, top] = await browser.evaluate(() => {
      const box = document.querySelector(".term-card:popover-open")?.getBoundingClientRect();
      return [box?.left ?? -1, box?.right ?? 1e9, box?.top ?? -1];
    });
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(390);
    expect(top).toBeGreaterThan(0);
    await browser.press("Escape");
    expect(await open()).toEqual([]);
    const focus = await browser.evaluate(() => document.activeElement?.className);
    expect(focus).toBe("term");
    const links = await browser.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>(".neighbours a")].map((link) => [
        link.rel,
        link.getAttribute("href"),
      ]),
    );
    expect(links).toEqual([
      ["prev", "../benchmark/"],
      ["", "../"],
      ["", "../docs/"],
      ["next", "../kmeans/"],
    ]);
    expect(await browser.as({ media: "print" }, displays)).toMatchObject({
      ...{ buttons: "none", neighbours: "none", card: "avoid" },
    });
    expect(await browser.as({ features: forced }, displays)).toMatchObject({ pressed: "solid" });
    expect((await browser.as({ features: still }, displays)).motion).toBe(0);
    expect(await browser.as({}, displays)).toMatchObject({
      ...{ buttons: "flex", neighbours: "flex", card: "auto", pressed: "none" },
    });
    expect(browser.problems).toEqual([]);
  });

  test("the code has the present settings, and is copied", async () => {
    await browser.visit("svm/?data=iris&C=10", DESKTOP);
    await browser.status("ok");
    await browser.evaluate(() => {
      const copied: string[] = [];
      Object.assign(window, { copied });
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text: string) => void copied.push(text) },
      });
    });
    await browser.click("#code summary");
    await expect.poll(() => browser.text("#code-text")).toContain('kernel: "rbf", C: 10,');
    await browser.choose("#kernel", "linear");
    await browser.slide("#C", -1);
    await expect.poll(() => browser.text("#code-text")).toContain('kernel: "linear", C: 0.1 }');
    await browser.click("#copy-code");
    await expect.poll(() => browser.text("#code .buttons")).toContain("Copied.");
    const copied = await browser.evaluate(() => Reflect.get(window, "copied") as string[]);
    expect(copied).toEqual([await browser.text("#code-text")]);
    expect(browser.problems).toEqual([]);
  });

  test("an experiment asks first, shows both runs, and says what was seen", async () => {
    await browser.visit("svm/?data=own&experiment=straight", DESKTOP);
    await browser.status("ok");
    expect(
      await browser.evaluate(() =>
        [...document.querySelectorAll("meta[property]")].map((meta) =>
          meta.getAttribute("content"),
        ),
      ),
    ).toContain("Support vector machines · wgrad");
    expect(await browser.text('#experiments [aria-pressed="true"]')).toBe(
      "A straight line and a ring",
    );
    const disabled = () =>
      browser.evaluate(() => document.querySelector("#experiment-run:disabled") !== null);
    expect(await disabled()).toBe(true);
    await browser.click('#experiments input[value="0"]');
    expect(await disabled()).toBe(false);
    await browser.click("#experiment-run");
    await expect
      .poll(() => browser.evaluate(() => document.getElementById("experiments")?.dataset.status))
      .toBe("done");
    const said = await browser.text("#experiments .finding");
    expect(said).toContain("no straight line goes around a disc.");
    expect(said).toContain("You expected something else; it was: It does worse.");
    expect(await browser.evaluate(() => document.querySelectorAll(".sides canvas").length)).toBe(2);
    await browser.status("ok");
    const { experiments } = (await browser.demo()).result as {
      experiments: Record<string, Finding>;
    };
    expect(Object.keys(experiments)).toEqual(["straight"]);
    await browser.click('[data-experiment="price"]');
    expect(await browser.evaluate(() => document.querySelector(".sides canvas"))).toBeNull();
    await expect.poll(() => browser.evaluate(() => location.search)).toContain("experiment=price");
    await browser.click('#experiments input[value="0"]');
    const stopped = await browser.evaluate(() => {
      for (const id of ["experiment-run", "experiment-stop"]) document.getElementById(id)?.click();
      return document.querySelector("#experiments .finding")?.textContent;
    });
    expect(stopped).toBe("Stopping …");
    await expect.poll(() => browser.text("#experiments .finding")).toBe("Stopped.");
    expect(browser.problems).toEqual([]);
  });
});
