import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type CDPSession, type Page } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoState } from "../../demos/shared/page.ts";
import { openBrowser, serveBuilt } from "../../scripts/browser.mjs";
import { launchOptions } from "../../scripts/chrome.mjs";
import { root } from "./browser.ts";
import { buildPage } from "./built_page.ts";
import { pages } from "./works.ts";

/* A page that was frozen, left and returned to, or discarded by the browser and reloaded is in the state it was in. */

let opened: Awaited<ReturnType<typeof openBrowser>>;
const out = mkdtempSync(join(tmpdir(), "wgrad-asleep-"));
let asleep: PreviewServer;
let session: CDPSession;
beforeAll(async () => {
  await buildPage("asleep", out);
  asleep = await serveBuilt(out);
  opened = await openBrowser(await serveBuilt(`${root}/dist/site`, "/some/folder/"));
  session = await opened.page.createCDPSession();
}, 120_000);
afterAll(async () => {
  await opened.close();
  await asleep.close();
  rmSync(out, { recursive: true });
});

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const evaluate = <R>(work: () => R) => opened.page.evaluate(work);

/** Freezes the page, as a browser does with a tab in the background, and resumes it. */
async function sleep(milliseconds: number, meanwhile?: () => Promise<unknown>): Promise<void> {
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await meanwhile?.();
  await wait(milliseconds);
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await opened.page.bringToFront();
}

async function visit(address: string): Promise<void> {
  opened.problems.length = 0;
  await opened.page.goto(address, { timeout: 30_000 });
}

/** Ends the browser's GPU process. */
const crashGpu = () => session.send("Browser.crashGpuProcess").catch(() => undefined);

describe("a training in a page that sleeps", () => {
  const url = () => asleep.resolvedUrls?.local[0] ?? "";
  const state = () => evaluate((): DemoState | undefined => window.wgradDemo);

  async function result(): Promise<Record<string, unknown>> {
    for (const end = performance.now() + 60_000; ; ) {
      const { result, error } = (await state()) ?? {};
      if (error || performance.now() > end) throw new Error(error ?? "no result");
      if (result) return result as Record<string, unknown>;
      await wait(50);
    }
  }

  async function untilStep(step: number): Promise<void> {
    while (((await state())?.progress.done ?? 0) < step) await wait(20);
  }

  test("goes on with the same numbers, also where the graphics process has ended meanwhile", async () => {
    await visit(url());
    const whole = await result();
    expect((whole.losses as number[]).length).toBe(40);
    for (const meanwhile of [undefined, crashGpu]) {
      await visit(`${url()}?wait=20`);
      await untilStep(7);
      await sleep(800, meanwhile);
      const during = (await state())?.progress.done;
      expect(during).toBeLessThan(40);
      const { recoveries, ...rest } = await result();
      expect(recoveries).toBe(meanwhile ? 1 : 0);
      expect(rest).toEqual({ losses: whole.losses, file: whole.file });
      expect(opened.problems.filter((text) => !text.includes("device was lost"))).toEqual([]);
    }
  });
});

/** A control, the value that a visitor sets, and what the address then has. */
type Control = readonly [selector: string, to: string, told: string];

/** One control of every page. */
const controls: Readonly<Record<string, Control>> = {
  activations: ["#depth", "6", "depth=6"],
  augmentation: ["#mixing", "mixup", "mixing=mixup"],
  benchmark: ['#libraries input[value="tfjs"]', "true", "beside=tfjs"],
  digits: ["#k", "31", "k=31"],
  kernels: ["#search", "softmax", "only=softmax"],
  kmeans: ["#clusters", "3", "clusters=3"],
  losses: ["#swap", "true", "swap=true"],
  normalisation: ["#order", "after", "order=after"],
  optimisers: ['[data-surface="beale"]', "true", "surface=beale"],
  predict: ["#steps", "200", "steps=200"],
  regression: ["#degree", "5", "degree=5"],
  resnet: ['select[aria-label="Normalisation"]', "Group", "norm=group"],
  svm: ["#C", "2", "C=100"],
};

describe("a page of the site", () => {
  beforeAll(async () => {
    await opened.page.evaluateOnNewDocument(() => {
      addEventListener("pageshow", ({ persisted }) => Object.assign(window, { persisted }));
    });
  });

  const status = () => evaluate(() => document.body.dataset.status ?? "");
  const search = () => evaluate(() => location.search);
  /** Of a page that does not start by itself; its settings come after that. */
  const addressOf = (folder: string) => `${opened.url}${folder}${folder && "/?auto=0"}`;

  async function untilDone(): Promise<void> {
    await expect.poll(status, { timeout: 60_000 }).toMatch(/^(ready|ok)$/);
  }

  /** Waits until its work is finished, or a part of it that was not when it returned. */
  async function goesOn(): Promise<void> {
    const progress = () => evaluate(() => JSON.stringify(window.wgradDemo.progress));
    const from = await progress();
    const worked = async () => /^(ready|ok)$/.test(await status()) || (await progress()) !== from;
    await expect.poll(worked, { timeout: 60_000 }).toBe(true);
  }

  /** The value of a control; undefined before it exists. */
  const shown = (selector: string, page = opened.page) =>
    page.evaluate((wanted) => {
      const node = document.querySelector<HTMLInputElement>(wanted);
      return node?.type === "checkbox"
        ? String(node.checked)
        : (node?.getAttribute("aria-pressed") ?? node?.value);
    }, selector);

  /** Changes a control and leaves the page before the change is in its address. */
  async function changeAndLeave(page: Page, control: Control | undefined, folder: string) {
    const change = (selector: string, value: string) => {
      const node = document.querySelector<HTMLInputElement>(selector);
      if (node?.type === "checkbox" || node instanceof HTMLButtonElement) node.click();
      else if (node) {
        node.value = value;
        for (const name of ["input", "change"])
          node.dispatchEvent(new Event(name, { bubbles: true }));
      }
      return location.search;
    };
    const [selector, value] = control ?? ["none", ""];
    const left = page.evaluate(change, selector, value);
    await page.goto(addressOf(folder), { timeout: 30_000 });
    expect(await left, "the address when it is left").not.toContain(control?.[2] ?? "none");
  }

  test("each has a control in this list", () => {
    expect(Object.keys(controls).sort()).toEqual(pages.map(({ folder }) => folder).sort());
  });

  test.each([...Object.keys(controls), ""])(
    "/%s keeps a setting that was changed just before it was left: after the return and after a reload",
    async (folder) => {
      const control = controls[folder];
      await visit(addressOf(folder));
      if (control) await expect.poll(() => shown(control[0])).not.toBe(undefined);
      await expect.poll(status).toMatch(/^(ready|running|ok)$/);
      await sleep(200);
      await changeAndLeave(opened.page, control, folder ? "" : "svm");
      await opened.page.goBack({ timeout: 30_000 });
      const kept = await evaluate(() => {
        const [arrival] = performance.getEntriesByType("navigation");
        const reasons: unknown = Reflect.get(arrival ?? {}, "notRestoredReasons");
        return [Reflect.get(window, "persisted"), JSON.stringify(reasons)];
      });
      expect(kept, "whether it came from the back/forward cache, or why not").toEqual([
        true,
        "null",
      ]);
      await goesOn();
      if (control) {
        const [selector, to, told] = control;
        await expect
          .poll(async () => [await shown(selector), await search()])
          .toEqual([to, `?auto=0&${told}`]);
        // like a discarded tab: a new document at the same address
        await opened.page.reload({ timeout: 30_000 });
        await expect.poll(() => shown(selector)).toBe(to);
      }
      expect(await evaluate(() => document.body.textContent)).not.toContain("Something went wrong");
      expect(opened.problems).toEqual([]);
    },
  );

  test("that is not in the back/forward cache keeps such a setting, too", async () => {
    const options = launchOptions();
    const args = [...(options.args ?? []), "--disable-features=BackForwardCache"];
    const browser = await puppeteer.launch({ ...options, args });
    const page = await browser.newPage();
    for (const folder of ["kmeans", "svm"]) {
      const control = controls[folder];
      const [selector = "", to = "", told = ""] = control ?? [];
      await page.goto(addressOf(folder), { timeout: 30_000 });
      await expect.poll(() => shown(selector, page)).not.toBe(undefined);
      await expect
        .poll(() => page.evaluate(() => document.body.dataset.status))
        .toMatch(/^(ready|running|ok)$/);
      await page.evaluate(() => Object.assign(window, { before: true }));
      await changeAndLeave(page, control, "");
      await page.goBack({ timeout: 30_000 });
      expect(await page.evaluate(() => Reflect.has(window, "before"))).toBe(false);
      await expect.poll(() => shown(selector, page)).toBe(to);
      expect(await page.evaluate(() => location.search)).toBe(`?auto=0&${told}`);
    }
    await browser.close();
  });

  test.each(["frozen", "left"])(
    "that loses its device while it is %s is reloaded with its settings, and says so",
    async (how) => {
      await visit(`${addressOf("regression")}&degree=5`);
      await untilDone();
      if (how === "frozen") await sleep(300, crashGpu);
      else {
        await opened.page.goto(addressOf("svm"), { timeout: 30_000 });
        await crashGpu();
        await opened.page.goBack({ timeout: 30_000 });
      }
      const note = () => evaluate(() => document.getElementById("lost-note")?.textContent ?? "");
      await expect.poll(note, { timeout: 30_000 }).toContain("lost the graphics device");
      await untilDone();
      expect(await search()).toContain("degree=5");
      expect(opened.problems.filter((text) => !text.includes("device was lost"))).toEqual([]);
    },
  );
});
