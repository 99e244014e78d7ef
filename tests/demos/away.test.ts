import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession } from "puppeteer";
import type { PreviewServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoState } from "../../demos/shared/page.ts";
import { openBrowser, serveBuilt } from "../../scripts/browser.mjs";
import { root } from "./browser.ts";
import { buildPage } from "./built_page.ts";

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

describe("a page of the site", () => {
  const status = () => evaluate(() => document.body.dataset.status ?? "");
  const search = () => evaluate(() => location.search);

  async function untilDone(): Promise<void> {
    await expect.poll(status, { timeout: 60_000 }).toMatch(/^(ready|ok)$/);
  }

  /** Text of the controls and headings, which must be the same after the return. */
  const shown = () =>
    evaluate(() =>
      [
        ...document.querySelectorAll(
          "select, input[type=range], input[type=number], [aria-pressed]",
        ),
      ]
        .map((each) => (each as HTMLInputElement).value || each.getAttribute("aria-pressed"))
        .join(),
    );

  test.each(["optimisers/?surface=beale&steps=200", "regression/"])(
    "%s is as it was after sleep, after back, and after it was discarded",
    async (path) => {
      await visit(`${opened.url}${path}`);
      await untilDone();
      await sleep(300);
      await untilDone();
      await opened.page.goto(`${opened.url}index.html`, { timeout: 30_000 });
      await opened.page.goBack({ timeout: 30_000 });
      await untilDone();
      const [there, seen] = [await search(), await shown()];
      expect(there).toContain(new URL(path, "http://x").search.slice(1));
      // like a discarded tab: a new document at the same address
      await opened.page.reload({ timeout: 30_000 });
      await untilDone();
      expect([await search(), await shown()]).toEqual([there, seen]);
      expect(await evaluate(() => document.body.textContent)).not.toContain("Something went wrong");
      expect(opened.problems).toEqual([]);
    },
  );

  test("that lost its device while it slept is loaded again with its settings, and says so", async () => {
    await visit(`${opened.url}kmeans/?clusters=4`);
    await untilDone();
    await sleep(300, crashGpu);
    const note = () => evaluate(() => document.getElementById("lost-note")?.textContent ?? "");
    await expect.poll(note, { timeout: 30_000 }).toContain("lost the graphics device");
    await untilDone();
    expect(await search()).toContain("clusters=4");
    expect(opened.problems.filter((text) => !text.includes("device was lost"))).toEqual([]);
  });
});
