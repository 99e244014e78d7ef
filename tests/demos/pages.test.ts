import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoMeta } from "../../demos/shared/meta.ts";
import { DemoBrowser, root } from "./browser.ts";

const metas = import.meta.glob<DemoMeta>(["../../demos/*/meta.ts", "!../../demos/shared/*"], {
  eager: true,
  import: "meta",
});
const demos = Object.entries(metas).map(([path, meta]) => ({
  folder: path.split("/").at(-2) ?? "",
  ...meta,
}));
const pages = [{ folder: "", title: "gallery", short: "" }, ...demos];

const PHONE = { width: 390, height: 844 };
const screens = [
  { name: "phone", size: PHONE, scheme: "dark" },
  { name: "desktop", size: { width: 1440, height: 900 }, scheme: "light" },
] as const;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

test("every folder with a page has a meta.ts for the gallery", () => {
  const folders = readdirSync(resolve(root, "demos"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "shared")
    .map(({ name }) => name);
  expect(demos.map(({ folder }) => folder).sort()).toEqual(folders.sort());
});

for (const { folder, title, short } of pages) {
  const path = folder ? `${folder}/?auto=1&${short}` : "";

  describe(title, () => {
    for (const { name, size, scheme } of screens) {
      test(`does its work on a ${name}, in ${scheme} colours`, async () => {
        await browser.visit(path, { size, scheme });
        expect(await browser.status("ok", "error")).toBe("ok");
        expect(await browser.width(), "it must not scroll sideways").toBeLessThanOrEqual(
          size.width,
        );
        await browser.shoot(`${title}-${name}`);
        expect(browser.problems).toEqual([]);
      });
    }

    test("says what to do where there is no WebGPU", async () => {
      await browser.visit(path, { size: PHONE, scheme: "light", webgpu: false });
      expect(await browser.status("ok", "error")).toBe(folder ? "error" : "ok");
      expect(await browser.text()).toMatch(/Th(is page needs|ese pages need) WebGPU/);
      if (!folder) expect(await browser.text("#cards")).toContain("ResNet lab");
      expect(await browser.width()).toBeLessThanOrEqual(PHONE.width);
      await browser.shoot(`${title}-no-webgpu`);
      expect(browser.problems).toEqual([]);
    });
  });
}
