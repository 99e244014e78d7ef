import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../demos/kernels/report.ts";
import { number } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Found, says } from "./findings.ts";
import { DESKTOP, doesItsWork } from "./works.ts";

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** `path`: more parameters, or a kernel. */
async function open(path: string): Promise<void> {
  await browser.visit(`kernels/?auto=0${path}`, DESKTOP);
  expect(await browser.status("ready", "error")).toBe("ready");
}

/** Runs the cases of the kernel shown and returns the table's cells for every case. */
async function runCases(): Promise<string[][]> {
  await browser.click("#run");
  await browser.status("ready", "error");
  return browser.evaluate(() =>
    [...document.querySelectorAll(".cases tbody tr:not(.why)")].map((row) =>
      [...row.children].map((cell) => cell.textContent ?? ""),
    ),
  );
}

type Sum = Found<Record<"left" | "right" | "truth", number | null>>;
type Findings = Record<"sum" | "overflow" | "variance", Sum>;

describe("the Kernels page", () => {
  test("its experiments say what their figures say", async () => {
    const { experiments } = await doesItsWork<{ experiments: Findings }>(browser, "kernels");
    const { sum, overflow, variance } = experiments;
    const off = ({ figures: { left, right, truth } }: Sum) =>
      [left, right].map((value) => Math.abs(Number(value ?? Infinity) / Number(truth) - 1));
    const [inTurn = 0, inTree = 1] = off(sum);
    expect(inTurn).toBeGreaterThan(1e-3);
    expect(inTree).toBeLessThan(1e-6);
    says(sum.sentence, number(Math.round(Number(sum.figures.left))), "100,000");
    expect(sum.answer).toBe("The kernel's tree");
    expect(overflow.figures.left).toBe(null); // not a number: refused
    expect(overflow.figures.right).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    says(overflow.sentence, "no number by the textbook", "0.731");
    expect(overflow.answer).toBe("The kernel");
    const [squares = 0, kernel = 1] = off(variance);
    expect(squares).toBeGreaterThan(0.1);
    expect(kernel).toBeLessThan(1e-3);
    says(variance.sentence, number(Number(variance.figures.right)));
    expect(variance.answer).toBe("The kernel");
  });

  test("shows a kernel by its address, runs its cases and says how exact they are", async () => {
    await open("#softmax/softmax");
    expect(await browser.text(".title")).toBe("softmax/softmax");
    expect(await browser.text(".formula")).toContain("exp(x");
    expect(await browser.text(".wgsl")).toContain("fn main(");
    const rows = await runCases();
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map(([, result]) => result)).toEqual(rows.map(() => "✓ passed"));
    const ulps = rows.map(([, , , , ulp]) => Number(ulp));
    expect(Math.max(...ulps), "in units of the last place").toBeGreaterThan(0);
    expect(Math.max(...ulps)).toBeLessThan(1000);
    expect(await browser.text('a[href="#softmax/softmax"]')).toContain("✓");
    expect(browser.problems).toEqual([]);
  });

  test("notices a wrong number and a NaN in the reference", async () => {
    await open("#softmax/softmax");
    await browser.choose("#spoil", "number");
    const wrong = await runCases();
    expect(wrong.map(([, result]) => result)).toEqual(wrong.map(() => "✗ failed"));
    expect(await browser.text(".why")).toContain("1 of");
    expect(await browser.text('a[href="#softmax/softmax"]')).toContain("✗");
    await browser.choose("#spoil", "nan");
    const [first] = await runCases();
    expect(first?.slice(1, 5)).toEqual(["✗ failed", "∞", "∞", "∞"]);
    expect(await browser.text(".defects")).toContain("expected NaN");
    await browser.choose("#spoil", "no");
    const forgotten = await browser.evaluate(() =>
      [...document.querySelectorAll(".result")].map((cell) => cell.textContent),
    );
    expect(new Set(forgotten)).toEqual(new Set(["not run"]));
    expect(await browser.text('a[href="#softmax/softmax"]')).toContain("·");
    const again = await runCases();
    expect(again.map(([, result]) => result)).toEqual(again.map(() => "✓ passed"));
  });

  test("opens on softmax and runs its cases by itself; a search never leaves a kernel open that it does not list", async () => {
    await browser.visit("kernels/", DESKTOP);
    expect(await browser.status("running", "error")).toBe("running");
    expect(await browser.status("ready", "error")).toBe("ready");
    expect(await browser.text(".title")).toBe("softmax/softmax");
    expect(await browser.text("#list [aria-current]")).toContain("✓");
    await browser.type("#search", "adam");
    const listed = () =>
      browser.evaluate(() => document.querySelector("#list a")?.getAttribute("href"));
    expect(`#${await browser.text(".title")}`).toBe(await listed());
    expect(
      await browser.evaluate(() => document.querySelectorAll("#list [aria-current]").length),
    ).toBe(1);
    await open("#%E0%A4%A");
    expect(await browser.text("#address-note")).toBe(
      "#%E0%A4%A: there is no such kernel. The page shows softmax/softmax.",
    );
    await open("&only=gather");
    expect(`#${await browser.text(".title")}`).toBe(await listed());
  });

  test("links the file that the visitor chooses for a slot", async () => {
    await open("#elementwise/activate");
    await browser.choose('select[aria-label="File for slot act"]', "mish");
    const files = await browser.evaluate(() =>
      [...document.querySelectorAll("summary")].map((summary) => summary.textContent),
    );
    expect(files).toContain("shaders/activation/mish.wgsl");
    expect(files).not.toContain("shaders/activation/relu.wgsl");
  });

  test("times a kernel against the roofline and says that a software adapter is no GPU", async () => {
    await open("#roofline/multiply_add");
    await browser.click("#time");
    await browser.status("ready", "error");
    const text = await browser.text("#detail");
    expect(text).toMatch(/A copy reaches [\d.,]+ GB\/s/);
    expect(text).toMatch(/\d+\s%/);
    const badge = await browser.text(".badge");
    expect(text.includes("not of a GPU")).toBe(badge.includes("Software adapter"));
    expect(browser.problems).toEqual([]);
  });

  test("verifies the kernels in the list and offers a report to download", async () => {
    await browser.visit("kernels/?auto=1&only=roofline", DESKTOP);
    expect(await browser.status("ok", "error")).toBe("ok");
    const result = (await browser.demo()).result as Result;
    expect(result).toMatchObject({ failed: 0, failures: {}, complete: true });
    expect(result.cases).toBe(result.passed);
    expect(result.families.roofline?.cases).toBe(result.cases);
    expect(result.limits.maxBufferSize).toBeGreaterThan(0);
    const saved = await browser.evaluate(async () => {
      const blobs: Blob[] = [];
      URL.createObjectURL = (blob) => {
        blobs.push(blob as Blob);
        return "data:,";
      };
      for (const id of ["json", "markdown"]) document.getElementById(id)?.click();
      return Promise.all(blobs.map((blob) => blob.text()));
    });
    const [json = "", markdown = ""] = saved;
    expect(JSON.parse(json).rows).toHaveLength(result.cases);
    expect(markdown).toContain(`${result.cases} of ${result.cases} cases passed`);
    expect(markdown).toContain(`| roofline | ${result.cases} | 0 |`);
    expect(markdown).toContain("maxComputeInvocationsPerWorkgroup");
  });

  test("stops when aborted, and says that the verification is incomplete", async () => {
    await open("");
    await browser.click("#start");
    while ((await browser.demo()).progress.done < 5) {
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(await browser.saidAtOnce("#stop", "#message")).toBe("Stopping …");
    await browser.status("ok", "error");
    expect((await browser.demo()).result).toMatchObject({ complete: false, failed: 0 });
    expect(await browser.text("#message")).toContain("stopped early");
  });
});
