import { expect } from "vitest";
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
  expect(await browser.tooWideFor(720)).toEqual([]);
  await browser.resize(DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  await expectFits(browser, DESKTOP.size.width, `${page.title}-desktop`);
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
