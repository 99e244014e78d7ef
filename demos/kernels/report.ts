import type { Engine } from "wgrad";
import { type Accuracy, EXACT, worse } from "wgrad/testing";
import { duration } from "../shared/format.ts";
import * as words from "../words/en/kernels/page.ts";
import { figure } from "./figure.ts";
import type { Row } from "./verify.ts";

/** Results of a family. */
export interface Family extends Accuracy {
  readonly cases: number;
  readonly failed: number;
}

/** The adapter and browser of a verification. */
function environment({ gpu: { adapter, device } }: Engine) {
  const { vendor, architecture, device: model, description } = device.adapterInfo;
  const { limits } = device;
  const names = Object.keys(Object.getPrototypeOf(limits)) as (keyof GPUSupportedLimits)[];
  return {
    adapter: { ...adapter, vendor, architecture, device: model, description },
    features: [...device.features].sort(),
    limits: Object.fromEntries(
      names.flatMap((name) => (typeof limits[name] === "number" ? [[name, limits[name]]] : [])),
    ),
    browser: navigator.userAgent,
  };
}

/** Cases by family, in the order they ran. */
export function byFamily(rows: readonly Row[]): Map<string, Family> {
  const families = new Map<string, Family>();
  for (const { entry, defects, worst } of rows) {
    const before = families.get(entry.family) ?? { cases: 0, failed: 0, ...EXACT };
    const failed = before.failed + (defects.length ? 1 : 0);
    const errors = defects.length ? {} : worse(before, worst); // failed cases have no accuracy
    families.set(entry.family, { ...before, ...errors, cases: before.cases + 1, failed });
  }
  return families;
}

/** A number as JSON can represent it. */
const plain = (value: number) => (Number.isFinite(value) ? value : String(value));
const plainly = ({ absolute, relative, ulp }: Accuracy) => ({
  absolute: plain(absolute),
  relative: plain(relative),
  ulp: plain(ulp),
});

/** The report as plain JSON: adapter, number of passed cases, largest errors of each family, failures. */
export function resultOf(engine: Engine, rows: readonly Row[], wanted: number, seconds: number) {
  const failures = rows.filter(({ defects }) => defects.length);
  return {
    demo: "kernels",
    ...environment(engine),
    complete: rows.length === wanted,
    cases: rows.length,
    passed: rows.length - failures.length,
    failed: failures.length,
    seconds: Math.round(10 * seconds) / 10,
    families: Object.fromEntries(
      [...byFamily(rows)].map(([name, { cases, failed, ...worst }]) => [
        name,
        { cases, failed, ...plainly(worst) },
      ]),
    ),
    failures: Object.fromEntries(
      failures.map(({ entry, name, defects }) => [`${entry.id}: ${name}`, defects.join("\n")]),
    ),
  };
}

export type Result = ReturnType<typeof resultOf>;

/** The report with a row for every case. */
export function reportJson(result: Result, rows: readonly Row[]): string {
  const cases = rows.map(({ entry, name, defects, worst, elements, ms }) => ({
    ...{ name: entry.id, case: name, passed: defects.length === 0 },
    ...plainly(worst),
    ...{ elements, ms: Math.round(ms) },
  }));
  return JSON.stringify({ date: new Date().toISOString(), ...result, rows: cases }, null, 1);
}

/** The report as Markdown tables. */
export function reportMarkdown(result: Result, rows: readonly Row[]): string {
  const { adapter, browser, features, limits, cases, passed, failed, seconds, failures } = result;
  const families = [...byFamily(rows)].map(
    ([name, each]) =>
      `| ${name} | ${each.cases} | ${each.failed} | ${figure(each.absolute)} | ${figure(each.relative)} | ${figure(each.ulp)} |`,
  );
  const wrong = Object.entries(failures).map(
    ([name, defects]) => `### ${name}\n\n    ${defects.replaceAll("\n", "\n    ")}\n`,
  );
  return words.wgradKernelsVerifiedOf(
    passed,
    cases,
    failed,
    duration(seconds),
    result.complete,
    adapter.name,
    adapter.software,
    browser,
    features.join(", "),
    new Date().toISOString(),
    families.join("\n"),
    wrong.join("\n"),
    Object.entries(limits)
      .map(([name, value]) => `| ${name} | ${value} |`)
      .join("\n"),
  );
}
