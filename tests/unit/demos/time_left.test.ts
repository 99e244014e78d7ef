import { describe, expect, test } from "vitest";
import { TimeLeft } from "../../../demos/shared/time_left.ts";
// Traces of (seconds, work done), recorded from the built pages on a software adapter while other work ran on its two
// cores: "resnet" is a default run with its evaluations, "kernels" the verification of ?only=norm, which compiles
// between its cases.
import traces from "./traces.json" with { type: "json" };

interface Said {
  readonly time: number;
  readonly left: number;
  readonly truly: number;
  /** The estimate from the mean rate since the start. */
  readonly plainly: number;
}

function replay({ total, steps }: { total: number; steps: string }): Said[] {
  const marks = steps.split("; ").map((each) => each.split(" ").map(Number));
  const end = marks.at(-1)?.[0] ?? 0;
  const estimate = new TimeLeft();
  return marks.flatMap(([time = 0, done = 0]) => {
    const left = estimate.at(done, total, time);
    return left === undefined
      ? []
      : [{ time, left, truly: end - time, plainly: ((total - done) * time) / done }];
  });
}

const off = ({ left, truly }: Said) => Math.max(left / truly, truly / left);

describe("the time left", () => {
  test.each(["resnet", "kernels"] as const)("never rises by more than a third: %s", (name) => {
    const said = replay(traces[name]);
    expect(said.length).toBeGreaterThan(100);
    said.forEach(({ time, left }, i) => {
      const lately = said.slice(0, i).filter((each) => time - each.time <= 5);
      const least = Math.min(...lately.map((each) => each.left));
      expect(left).toBeLessThanOrEqual((4 / 3) * least * (1 + 1e-12));
    });
  });

  test("is right to a factor of 1.5 throughout a training with evaluations", () => {
    const said = replay(traces.resnet).filter(({ truly }) => truly > 5);
    expect(Math.max(...said.map(off))).toBeLessThan(1.5);
  });

  test("is nearer than the mean rate where the work gets faster in the last third", () => {
    const last = replay(traces.kernels).filter(({ time, truly }) => truly > 5 && time > 2 * truly);
    expect(last.length).toBeGreaterThan(20);
    const plain = last.map((each) => off({ ...each, left: each.plainly }));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    expect(mean(last.map(off))).toBeLessThan(0.9 * mean(plain));
  });

  test("is not shown before two seconds of steps, is exact for even work, and 0 at the end", () => {
    const estimate = new TimeLeft();
    expect(estimate.at(0, 100, 50)).toBeUndefined();
    expect(estimate.at(1, 100, 60)).toBeUndefined(); // a minute of compilation before the first step
    expect(estimate.at(2, 100, 61)).toBeUndefined();
    for (let done = 3; done < 100; done++) {
      expect(estimate.at(done, 100, 59 + done)).toBeCloseTo(100 - done, 6);
    }
    expect(estimate.at(100, 100, 159)).toBe(0);
  });
});
