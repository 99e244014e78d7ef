import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoBrowser, root } from "./browser.ts";
import { DESKTOP, expectFits, pages as labs, PHONE } from "./works.ts";

const pages = [{ folder: "", title: "gallery", short: "" }, ...labs];

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

test("every folder with a page has a meta.ts for the gallery", () => {
  const folders = readdirSync(resolve(root, "demos"), { withFileTypes: true })
    .filter((entry) => existsSync(resolve(root, "demos", entry.name, "index.html")))
    .map(({ name }) => name);
  expect(labs.map(({ folder }) => folder).sort()).toEqual(folders.sort());
});

test.each(labs)("there is a test of $folder that does its work and looks at it", ({ folder }) => {
  const text = readFileSync(resolve(import.meta.dirname, `${folder}.test.ts`), "utf8");
  expect(text).toMatch(new RegExp(`\\bdoesItsWork(<.*>)?\\(\\s*browser,\\s*"${folder}"`));
});

test("whatever a page writes to the console is a problem", async () => {
  await browser.visit("", PHONE);
  await browser.status("ok", "error");
  expect(browser.problems).toEqual([]);
  await browser.evaluate(() => {
    for (const name of ["log", "info", "warn", "error", "debug"] as const) console[name](name);
  });
  await expect.poll(() => browser.problems.length).toBe(5);
});

test("the gallery fits a phone, in dark colours, and a desktop, in light ones", async () => {
  await browser.visit("", PHONE);
  expect(await browser.status("ok", "error")).toBe("ok");
  await expectFits(browser, PHONE.size.width, "gallery-phone");
  await browser.checkAccess();
  await browser.resize(DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  await expectFits(browser, DESKTOP.size.width, "gallery-desktop");
  await browser.checkAccess(["color-contrast"]);
});

for (const { folder, title, short } of pages) {
  const path = folder ? `${folder}/?auto=1&${short}` : "";
  const { size } = PHONE;

  describe(title, () => {
    test("says what to do where there is no WebGPU", async () => {
      await browser.visit(path, { size, scheme: "light", webgpu: false });
      expect(await browser.status("ok", "error")).toBe(folder ? "error" : "ok");
      const text = await browser.text();
      expect(text).toMatch(/Th(is page needs|ese pages need) WebGPU/);
      expect(text).toContain("Use Chrome or Edge 113 or newer");
      expect(text).not.toContain("Something went wrong"); // the name of the error class must survive minification
      if (!folder) {
        expect(await browser.text("#cards")).toContain("ResNet lab");
        const pictures = () => document.querySelectorAll("#cards img").length;
        expect(await browser.evaluate(pictures)).toBe(labs.length);
      }
      await expectFits(browser, size.width, `${title}-no-webgpu`);
    });

    test("says what to do where scripts are off", async () => {
      await browser.visit(path, { size, scheme: "light", scripts: false });
      expect(await browser.text()).toMatch(/needs JavaScript.*switch JavaScript on/);
      expect(browser.problems).toEqual([]);
    });
  });
}
