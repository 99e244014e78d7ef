import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { outcome } from "../../demos/optimisers/race.ts";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

type Outcome = Omit<ReturnType<typeof outcome>, "name">;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

async function race(parameters: string) {
  await browser.visit(`optimisers/?auto=1&${parameters}`, DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  expect(browser.problems).toEqual([]);
  const { result } = await browser.demo();
  return (result as { surfaces: Record<string, Record<string, Outcome>> }).surfaces;
}

describe("the optimiser race", () => {
  test("ends on Rosenbrock where second order reaches the minimum to 1e-6", async () => {
    const { rosenbrock = {} } = await race("surface=rosenbrock&steps=45");
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
      const all = (await race(`surface=${surface}&steps=150`))[surface] ?? {};
      for (const name of ["SGD", "Momentum", "Adam", "Newton", "L-BFGS"]) {
        expect(all[name]?.stepsToReach, `${name} on ${surface}`).toBeLessThan(150);
      }
    }
  });

  test("steps, pauses, resets and changes the surface", async () => {
    await browser.visit("optimisers/?steps=400", DESKTOP);
    await browser.status("ready");
    await browser.click("#step");
    await counts("Step 1 of 400");
    expect(await browser.status("paused")).toBe("paused");
    await browser.click("#play");
    await browser.status("running");
    await browser.click("#play");
    await browser.status("paused");
    await browser.click("#reset");
    await browser.status("ready");
    await counts("Step 0 of 400");
    await browser.click('[data-surface="saddle"]');
    await browser.status("ready");
    expect(await browser.text("#formula")).toContain("x²/2");
    expect(browser.problems).toEqual([]);
  });

  test("fits into 320 px, and breaks neither a number nor a word of its table", async () => {
    await browser.visit("optimisers/?steps=5", {
      size: { width: 320, height: 640 },
      scheme: "light",
    });
    await browser.status("ready");
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
  });

  test("names a surface that does not exist, and shows the first", async () => {
    await browser.visit("optimisers/?surface=plane", DESKTOP);
    expect(await browser.status("ready", "error")).toBe("ready");
    const note = await browser.text("#address-note");
    expect(note).toMatch(
      /^\?surface=plane: expected one of rosenbrock, beale.*on with rosenbrock\.$/,
    );
  });
});

async function counts(wanted: string): Promise<void> {
  while ((await browser.text("#count")) !== wanted) {
    await new Promise((done) => setTimeout(done, 100));
  }
}
