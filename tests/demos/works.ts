import { expect } from "vitest";
import type { DemoMeta } from "../../demos/shared/meta.ts";
import type { DemoBrowser } from "./browser.ts";

/** Pages of which nothing is drawn on a canvas. */
const WITHOUT_CANVAS = ["benchmark", "kernels"];

const metas = import.meta.glob<DemoMeta>(["../../demos/*/meta.ts", "!../../demos/shared/*"], {
  eager: true,
  import: "meta",
});

/** The pages of demos/, by their folders. */
export const pages = Object.entries(metas).map(([path, meta]) => ({
  folder: path.split("/").at(-2) ?? "",
  ...meta,
}));

export const PHONE = { size: { width: 390, height: 844 }, scheme: "dark" } as const;
export const DESKTOP = { size: { width: 1440, height: 900 }, scheme: "light" } as const;

/** The page scrolls at no width asked for, a picture of it is left, and it has said nothing on the console. */
export async function expectFits(browser: DemoBrowser, width: number, name: string): Promise<void> {
  expect(await browser.width(), "it must not scroll sideways").toBeLessThanOrEqual(width);
  await browser.shoot(name);
  expect(browser.problems).toEqual([]);
}

/**
 * Opens a page on a phone, in dark colours, has it do its work and all of its guided experiments, as `npm run demo` does, with
 * the parameters of its meta.ts and others, and makes it a tablet's and a desktop's in light colours, which it stays. What it
 * came to. `begun` is called while the page works. pages.test.ts wants that every page has a test that does this.
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
    // compiling is what a page waits for: something is to be seen before it
    const compiled = await browser.compiledBeforeDrawing();
    expect(compiled, "pipelines that were compiled before the first drawing").toBe(0);
  }
  await expectFits(browser, PHONE.size.width, `${page.title}-phone`);
  expect(await browser.tooWideFor(720)).toEqual([]);
  await browser.resize(DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  await expectFits(browser, DESKTOP.size.width, `${page.title}-desktop`);
  return result as R;
}
