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
const DESKTOP = { width: 1440, height: 900 };

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
    async function expectFits(width: number, name: string): Promise<void> {
      expect(await browser.width(), "it must not scroll sideways").toBeLessThanOrEqual(width);
      await browser.shoot(`${title}-${name}`);
      expect(browser.problems).toEqual([]);
    }

    test("does its work on a phone, in dark colours, and fits a desktop, in light ones", async () => {
      await browser.visit(path, { size: PHONE, scheme: "dark" });
      expect(await browser.status("ok", "error")).toBe("ok");
      await expectFits(PHONE.width, "phone");
      await browser.resize({ size: DESKTOP, scheme: "light" });
      expect(await browser.status("ok", "error")).toBe("ok");
      await expectFits(DESKTOP.width, "desktop");
    });

    test("says what to do where there is no WebGPU", async () => {
      await browser.visit(path, { size: PHONE, scheme: "light", webgpu: false });
      expect(await browser.status("ok", "error")).toBe(folder ? "error" : "ok");
      const text = await browser.text();
      expect(text).toMatch(/Th(is page needs|ese pages need) WebGPU/);
      expect(text).toContain("Use Chrome or Edge 113 or newer");
      expect(text).not.toContain("Something went wrong"); // its check of the error's name survives minifying
      if (!folder) {
        expect(await browser.text("#cards")).toContain("ResNet lab");
        const pictures = () => document.querySelectorAll("#cards img").length;
        expect(await browser.evaluate(pictures)).toBe(demos.length);
      }
      await expectFits(PHONE.width, "no-webgpu");
    });

    test("says what to do where scripts are off", async () => {
      await browser.visit(path, { size: PHONE, scheme: "light", scripts: false });
      expect(await browser.text()).toMatch(/needs JavaScript.*switch JavaScript on/);
      expect(browser.problems).toEqual([]);
    });
  });
}
