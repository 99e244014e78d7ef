import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { outcome } from "../../demos/optimisers/outcome.ts";
import { number } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Figures, type Found, type Pair, says } from "./findings.ts";
import { DESKTOP, doesItsWork } from "./works.ts";

type Outcome = Omit<ReturnType<typeof outcome>, "name">;

interface Result {
  readonly surfaces: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
  readonly experiments: {
    readonly evaluations: Found<Pair>;
    readonly saddle: Found<Figures>;
    readonly rate: Found<Figures>;
  };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** The page after a race on every surface and its experiments. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "optimisers", { steps: 45 });
  return worked;
};

async function progressReaches(done: number): Promise<void> {
  await expect.poll(async () => (await browser.demo()).progress.done).toBeGreaterThanOrEqual(done);
}

const start = () => browser.evaluate(() => document.getElementById("start")?.ariaLabel);

describe("the optimiser race", () => {
  test("its experiments say what their figures say", async () => {
    const found = (await open()).experiments;
    const { newton, lbfgs } = found.evaluations.figures;
    expect(newton?.steps).toBeLessThan(lbfgs?.steps ?? 0);
    says(
      found.evaluations.sentence,
      `after ${newton?.steps} steps and ${newton?.evaluations} evaluations`,
      `after ${lbfgs?.steps} steps and ${lbfgs?.evaluations}`,
    );
    expect(found.evaluations.answer).toBe(
      (newton?.evaluations ?? 0) < (lbfgs?.evaluations ?? 0) ? "By both" : "By steps alone",
    );
    const { momentum, plain = 1e9 } = found.saddle.figures;
    expect(momentum).toBeLessThan(plain);
    says(found.saddle.sentence, `momentum is at a minimum after ${momentum} steps`);
    expect(found.saddle.answer).toBe("Momentum");
    const { usual = 0, tenfold, start = 0 } = found.rate.figures;
    expect(usual).toBeLessThan(start);
    expect(tenfold ?? Infinity).toBeGreaterThan(start); // JSON has no Infinity
    says(found.rate.sentence, number(start), number(usual));
    expect(found.rate.answer).toBe("The loss grows");
  });

  test("ends on Rosenbrock where second order reaches the minimum to 1e-6", async () => {
    const { rosenbrock = {}, ...others } = (await open()).surfaces;
    expect(Object.keys(others).sort()).toEqual(["beale", "himmelblau", "saddle"]);
    for (const name of ["Newton", "BFGS", "L-BFGS", "Conjugate gradients"]) {
      const { x = Number.NaN, y = Number.NaN } = rosenbrock[name] ?? {};
      expect(Math.max(Math.abs(x - 1), Math.abs(y - 1)), name).toBeLessThanOrEqual(1e-6);
      expect(rosenbrock[name]?.stepsToReach, name).toBeLessThanOrEqual(40);
    }
    for (const [name, { loss }] of Object.entries(rosenbrock)) {
      expect(loss, `${name} began at 24.2`).toBeLessThan(12);
    }
    expect(rosenbrock.Adam?.evaluations).toBe(45);
    expect(rosenbrock["L-BFGS"]?.evaluations).toBeGreaterThan(37);
  });

  test("has first-order methods find a minimum of the saddle and of Himmelblau", async () => {
    for (const surface of ["saddle", "himmelblau"]) {
      await browser.visit(`optimisers/?auto=1&surface=${surface}&steps=150`, DESKTOP);
      expect(await browser.status("ok", "error")).toBe("ok");
      expect(browser.problems).toEqual([]);
      const { surfaces } = (await browser.demo()).result as Result;
      for (const name of ["SGD", "Momentum", "Adam", "Newton", "L-BFGS"]) {
        expect(surfaces[surface]?.[name]?.stepsToReach, `${name} on ${surface}`).toBeLessThan(150);
      }
    }
  });

  test("names a surface that does not exist; starts by itself; fits into 320 px; steps, pauses, resets, changes the surface and the start", async () => {
    await browser.visit("optimisers/?surface=plane&steps=5000", {
      size: { width: 320, height: 640 },
      scheme: "light",
    });
    expect(await browser.status("running", "error")).toBe("running");
    expect(await browser.text("#address-note")).toMatch(
      /^\?surface=plane: expected one of rosenbrock, beale.*on with rosenbrock\.$/,
    );
    await expectNarrow();
    await browser.resize(DESKTOP);
    await expect.poll(() => browser.text("#count")).toMatch(/^Step [1-9]/);
    const rules = () =>
      [...document.querySelectorAll("#racers tr")].map(
        (row) => row.querySelector(".term") !== null,
      );
    expect(new Set(await browser.evaluate(rules))).toEqual(new Set([true]));
    await browser.click("#racers .term");
    const rule = () => document.querySelector("#racers :popover-open")?.textContent ?? "";
    await expect.poll(() => browser.evaluate(rule)).toMatch(/^SGD.*η/);
    await browser.press("Escape");
    await browser.click("#reset");
    await browser.status("ready");
    await browser.click("#step");
    await expect.poll(() => browser.text("#count")).toBe("Step 1 of 5,000");
    expect(await browser.status("paused")).toBe("paused");
    await browser.click("#play");
    await browser.status("running");
    await browser.click("#play");
    await browser.status("paused");
    await browser.click("#reset");
    await browser.status("ready");
    await expect.poll(() => browser.text("#count")).toBe("Step 0 of 5,000");
    await browser.click('[data-surface="saddle"]');
    await browser.status("ready");
    expect(await browser.text("#formula")).toContain("x²/2");
    expect(browser.problems).toEqual([]);
    await browser.click('[data-surface="rosenbrock"]');
    await expectLastMove();
  });
});

/** At 320 px nothing scrolls sideways, and no number or word in the table is broken. */
async function expectNarrow(): Promise<void> {
  expect(await browser.width()).toBeLessThanOrEqual(320);
  const table = () =>
    browser.evaluate(() => {
      const card = document.querySelector("table")?.parentElement;
      return card ? card.scrollWidth - card.clientWidth : 1;
    });
  expect(await table()).toBeLessThanOrEqual(0);
  const broken = await browser.evaluate(() => {
    const cells = document.querySelectorAll("thead th, #racers td");
    const texts = [...cells].flatMap((cell) => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      return Array.from({ length: 9 }, () => walker.nextNode()).filter((node) => node !== null);
    });
    return texts.flatMap((node) =>
      [...(node.textContent ?? "").matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        return range.getClientRects().length > 1 ? [word] : [];
      }),
    );
  });
  expect(broken).toEqual([]);
  expect(await browser.text("#racers td:nth-child(3)")).toMatch(/^[\d.]+$/);
}

/**
 * If the start is moved many times, only the last position is raced; Reset answers at once; a reload restores surface
 * and start.
 */
async function expectLastMove(): Promise<void> {
  await browser.status("ready");
  await browser.evaluate(() => document.getElementById("start")?.focus());
  await browser.press("ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowRight");
  await progressReaches(4);
  expect(await browser.saidAtOnce("#reset", "#count")).toBe("Stopping …");
  await browser.status("ready");
  await expect.poll(() => browser.text("#count")).toBe("Step 0 of 5,000");
  expect(await start()).toMatch(/^Start at -1\.\d+, 1\.\d+/);
  await browser.click("#play");
  await progressReaches(4);
  await browser.click('[data-surface="saddle"]');
  await browser.click('[data-surface="beale"]');
  await browser.status("ready");
  await expect.poll(() => browser.text("#count")).toBe("Step 0 of 5,000");
  expect(browser.problems).toEqual([]);
  await browser.click('[data-surface="himmelblau"]');
  await browser.evaluate(() => document.getElementById("start")?.focus());
  await browser.press("ArrowRight");
  await expect
    .poll(() => browser.query())
    .toMatch(/^\?from=-?[\d.]+,-?[\d.]+&steps=5000&surface=himmelblau$/);
  const before = await start();
  await browser.reload();
  await browser.status("ready", "running", "ok");
  expect(await start()).toBe(before);
  expect(await browser.text('[aria-pressed="true"]')).toContain("Himmelblau");
}
