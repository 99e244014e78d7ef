import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

const demos = resolve(import.meta.dirname, "../../../demos");
const read = (path: string) => readFileSync(resolve(demos, path), "utf8");

/** Colours of theme.css by name, light and dark. */
const schemes = [...read("shared/theme.css").matchAll(/:root \{([^}]*)\}/g)].map(([, block = ""]) =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex]),
  ),
);
const [light = {}, dark = {}] = schemes;

/** Relative luminance (WCAG 2.2). */
function luminance(hex = ""): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string | undefined, b: string | undefined): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const folders = readdirSync(demos).filter((name) => existsSync(resolve(demos, name, "index.html")));

/** Every CSS rule of the pages that gives text a colour of the theme. */
const texts = new Set(
  ["shared/theme.css", "shared/panels.css", "shared/parts.css", "shared/gallery.css"]
    .concat(folders.map((name) => `${name}/style.css`))
    .flatMap((path) => [...read(path).matchAll(/(?<![-\w])color: var\(--([\w-]+)\)/g)])
    .map(([, name = ""]) => name)
    .filter((name) => !["on-accent", "card"].includes(name) && name in light),
);

describe("every colour that text has stands out from every ground by 4.5", () => {
  test("the theme has both schemes", () => {
    expect(Object.keys(light).length).toBeGreaterThan(15);
    expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
  });

  test.each([
    ["light", light],
    ["dark", dark],
  ] as const)("%s", (_, colours) => {
    expect([...texts]).toContain("muted");
    for (const text of texts) {
      for (const ground of ["page", "card", "soft"]) {
        const ratio = contrast(colours[text], colours[ground]);
        expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(colours["on-accent"], colours.accent)).toBeGreaterThanOrEqual(4.5);
  });
});
