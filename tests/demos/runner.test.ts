import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const { VITEST: _, ...env } = process.env; // vite.config.ts serves pages, not tests

/** The output of scripts/demo.mjs, and its exit code. */
async function demo(...words: string[]) {
  const child = spawn(process.execPath, ["scripts/demo.mjs", ...words], { cwd: root, env });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  const [status] = await once(child, "close");
  return { status, ...printed };
}

test("npm run demo --json prints the page's result as the last line of stdout and progress on stderr", async () => {
  const { status, stdout, stderr } = await demo("tests/demos/pages/good", "--json");
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining("starting (0/2"),
  });
  const [last = ""] = stdout.trim().split("\n").slice(-1);
  expect(JSON.parse(last)).toEqual({ auto: true, webgpu: true, accuracy: { test: 0.5 } });
});

// side by side: a run mostly waits for its browser
describe.concurrent("npm run demo", () => {
  test("without --json the result is text", async () => {
    expect((await demo("tests/demos/pages/good")).stdout).toContain("accuracy:\n  test: 0.5\n");
  });

  test("an error that the page reports is printed and the exit code is 1", async () => {
    const { status, stderr } = await demo("tests/demos/pages/failing");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining("the loss became NaN"),
    });
  });

  test("a result that the page calls an error is printed, and the exit code is 1", async () => {
    const { status, stdout, stderr } = await demo("tests/demos/pages/unproved", "--json");
    expect({ status, stdout: stdout.trim() }, stderr).toEqual({
      status: 1,
      stdout: '{"failed":2}',
    });
  });

  test("an exception in the page ends the run with exit code 1", async () => {
    const { status, stderr } = await demo("tests/demos/pages/throwing");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining("no such element"),
    });
  });

  test("an unknown name is refused with the names there are", async () => {
    const { status, stderr } = await demo("no-such-demo");
    expect(status).toBe(1);
    expect(stderr).toContain("expected the name of a demo, got 'no-such-demo'; there are: ");
  });
});
