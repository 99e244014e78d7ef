import { expect } from "vitest";
import { labs } from "../../demos/shared/labs.ts";
import type { DemoMeta } from "../../demos/shared/meta.ts";
import type { DemoBrowser } from "./browser.ts";

/** Pages that draw nothing on a canvas. */
const WITHOUT_CANVAS = ["benchmark", "kernels"];

const metas = import.meta.glob<DemoMeta>(["../../demos/*/meta.ts", "!../../demos/shared/*"], {
  eager: true,
  import: "meta",
});

/** The demo pages, by their folders. */
export const pages = Object.entries(metas).map(([path, meta]) => ({
  folder: path.split("/").at(-2) ?? "",
  ...meta,
}));

export const PHONE = { size: { width: 390, height: 844 }, scheme: "dark" } as const;
export const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

/**
 * Checks that the page scrolls sideways at none of these widths and logged nothing to the console; saves a screenshot.
 */
export async function expectFits(browser: DemoBrowser, width: number, name: string): Promise<void> {
  expect(await browser.width(), "it must not scroll sideways").toBeLessThanOrEqual(width);
  await browser.shoot(name);
  expect(browser.problems).toEqual([]);
}

/** Charts whose text has no number, and canvases without a text, for those who do not see them. */
function unspoken(): string[] {
  const charts = [...document.querySelectorAll<HTMLElement>(".chart:not(.empty)")].filter(
    (chart) => !/\d/.test(chart.ariaLabel ?? ""),
  );
  const named = "[aria-hidden=true], [role=img], [aria-label], button, figure";
  const pictures = [...document.querySelectorAll("canvas")].filter(
    (canvas) => canvas.clientWidth > 0 && !canvas.ariaLabel && !canvas.closest(named),
  );
  return [...charts, ...pictures].map((node) => node.outerHTML.slice(0, 200));
}

/** What every page has besides its own parts. */
function shared() {
  const hrefs = [...document.querySelectorAll(".neighbours a")].map((a) => a.getAttribute("href"));
  const count = (selector: string) => document.querySelectorAll(selector).length;
  const experiments = count("#experiments .choices button");
  return { hrefs, terms: count(".term"), programs: count(".program summary"), experiments };
}

/** Pixels from the page's first button for its work to the nearest number or picture. */
function fromButtonToResult(): number {
  const button = document.querySelector("button.primary") ?? document.querySelector(".choices");
  const at = button?.getBoundingClientRect();
  const results = document.querySelectorAll(".chart, canvas, .numbers, progress, main table");
  const away = [...results].map((node) => {
    const { top, bottom, height } = node.getBoundingClientRect();
    return height === 0 ? Infinity : Math.max(top - (at?.bottom ?? 0), (at?.top ?? 0) - bottom, 0);
  });
  return Math.min(...away);
}

/** Pages have links to their neighbours, terms, code to copy and three to five experiments. */
async function expectShared(browser: DemoBrowser, folder: string): Promise<void> {
  const { hrefs, terms, programs, experiments } = await browser.evaluate(shared);
  const here = labs.findIndex((lab) => lab.folder === folder);
  const to = (at: number) => (labs[at] ? [`../${labs[at].folder}/`] : []);
  expect(hrefs).toEqual([...to(here - 1), "../", "../docs/", ...to(here + 1)]);
  expect(terms).toBeGreaterThan(0);
  expect(programs).toBeGreaterThan(0);
  expect(experiments).toBeGreaterThanOrEqual(3);
  expect(experiments).toBeLessThanOrEqual(5);
}

/** All controls are passed by Tab, and an experiment is chosen and predicted without a mouse. */
async function expectKeyboard(browser: DemoBrowser): Promise<void> {
  const passed = await browser.tabTo("#experiments .predictions input");
  expect(passed).toContain("copy-link");
  await browser.press("Space");
  await expect
    .poll(() => browser.evaluate(() => document.querySelector("#experiment-run:enabled") !== null))
    .toBe(true);
}

/**
 * Opens a page as on a phone, in dark colours, has it do its work and all guided experiments, as `npm run demo` does,
 * with the parameters of its meta.ts and others; then shows it as on a tablet and a desktop in light colours, in which
 * it remains. Returns its result. `begun` is called while the page works. pages.test.ts checks that every page has a
 * test that calls this.
 */
export async function doesItsWork<R>(
  browser: DemoBrowser,
  folder: string,
  parameters: Readonly<Record<string, string | number>> = {},
  begun: () => Promise<void> = async () => {},
): Promise<R> {
  const page = pages.find((each) => each.folder === folder);
  if (!page) throw new Error(`doesItsWork: expected a folder of demos/, got '${folder}'`);
  const query = new URLSearchParams(`auto=1&${page.short}`);
  query.set("experiment", "all");
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
  await browser.visit(`${folder}/?${query}`, PHONE);
  await begun();
  expect(await browser.status("ok", "error")).toBe("ok");
  const { result } = await browser.demo();
  if (!WITHOUT_CANVAS.includes(folder)) {
    // something must be drawn before most pipelines are compiled, for which visitors wait
    const compiled = await browser.evaluate(() => window.compiledBeforeDrawing);
    expect(compiled, "pipelines that were compiled before the first drawing").toBe(0);
  }
  await browser.collectGarbage();
  await expectFits(browser, PHONE.size.width, `${page.title}-phone`);
  await browser.checkAccess();
  expect(await browser.evaluate(unspoken), "charts and pictures without a text").toEqual([]);
  await expectShared(browser, folder);
  expect(await browser.evaluate(fromButtonToResult)).toBeLessThan(PHONE.size.height / 2);
  expect(await browser.tooWideFor(720)).toEqual([]);
  await browser.resize(DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  await expectFits(browser, DESKTOP.size.width, `${page.title}-desktop`);
  await browser.checkAccess(["color-contrast"]); // the other rules do not depend on colours
  await expectKeyboard(browser);
  return result as R;
}

/** The page's result once it has done its work without problems. */
export async function resultOf<R>(browser: DemoBrowser): Promise<R> {
  expect(await browser.status("ok", "error")).toBe("ok");
  expect(browser.problems).toEqual([]);
  return (await browser.demo()).result as R;
}

/** The page's result once it satisfies a condition. */
export async function resultWhere<R>(
  browser: DemoBrowser,
  wanted: (result: R) => boolean,
): Promise<R> {
  await expect
    .poll(async () => {
      const found = (await browser.demo()).result as R | undefined;
      return found !== undefined && wanted(found);
    })
    .toBe(true);
  return (await browser.demo()).result as R;
}
