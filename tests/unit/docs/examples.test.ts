import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const example = (...words: string[]) =>
  spawnSync(process.execPath, ["scripts/example.mjs", ...words], { encoding: "utf8" });

test("npm run example lists the examples, and refuses what is none", () => {
  expect(example().stdout.match(/^\w+ +\S.*$/gm)?.length).toBe(10);
  const { status, stderr } = example("nonsense");
  expect(status).toBe(1);
  expect(stderr).toMatch(/example: expected one of autoencoder, .*, got nonsense; npm run example/);
});

test("npm run example -- mandelbrot runs it and prints what it prints", {
  timeout: 300_000,
}, () => {
  const { status, stdout, stderr } = example("mandelbrot");
  expect(status, stderr).toBe(0);
  // or a warning of the browser
  const rows = stdout.split("\n").filter((line) => /^[ .:\-=+*#%@]{60}$/.test(line));
  expect(rows.length, stdout).toBe(21);
  expect(stdout).toContain("@@@@");
});
