import { describe, expect, test } from "vitest";
import { Profile } from "../../../src/train/index.ts";
import { gpu, names, step } from "../../support/profiles.ts";

describe("the table", () => {
  test("lists phases, kernels and layers in columns, longest first", () => {
    const text = new Profile([step(), step()], { adapter: gpu }).table();
    expect(text).toMatch(/^a GPU\nA step: 16\.0 ± 0 ms in 5 dispatches, 625 GFLOP\/s; 1\.50 ms/);
    expect(text).toMatch(/^conv2d\/forward +2 +6\.000 +0\.000 +37\.5 % +667 +0\.333$/m);
    expect(text).toMatch(/^block\.conv2 .* 2\.000 +8\.000 +0\.000$/m);
    expect(text).toMatch(/^\(outside of layers\) /m);
  });

  test("never calls times of a software adapter those of a GPU, and says what the clock cannot", () => {
    const adapter = { name: "SwiftShader", software: true };
    const clock = { milliseconds: 12, low: 11, high: 14, steps: 9 };
    const text = new Profile([], { adapter, clock }).table();
    expect(text).toContain(
      "SwiftShader: a software adapter. These are times of a CPU, not of a GPU.",
    );
    expect(text).toContain("no timestamp-query: only whole steps are timed");
    expect(text).toContain("12.0 ms a step, the host's work included (median of 9 steps");
    expect(text.split("\n").length).toBe(3);
  });
});

describe("the flame chart", () => {
  test("is a tree a phase: layers, layers within them, kernels; each the sum of its parts", () => {
    const [forward, backward, optimizer] = new Profile([step()], { adapter: gpu }).flame();
    expect(forward).toMatchObject({ name: "forward", kind: "phase", milliseconds: 7, calls: 3 });
    const [block, loss] = forward?.children ?? [];
    expect(block).toMatchObject({ name: "block", kind: "layer", milliseconds: 6, flops: 4e9 });
    expect(block && names(block.children)).toEqual(["conv1", "conv2"]);
    expect(block?.children[0]?.children).toMatchObject([
      { name: "conv2d/forward", kind: "kernel" },
    ]);
    expect(loss).toMatchObject({ name: "loss/mean", kind: "kernel", children: [] });
    expect(backward?.children[0]?.children).toMatchObject([{ name: "conv2", milliseconds: 8 }]);
    expect(optimizer?.children).toMatchObject([{ name: "optim/sgd", phase: "optimizer" }]);
  });
});

describe("the trace", () => {
  const { traceEvents, otherData } = new Profile([step()], { adapter: gpu }).trace();
  const spans = traceEvents.filter(({ ph }) => ph === "X");

  test("has one named track a phase, and microseconds", () => {
    const tracks = traceEvents.flatMap(({ name, tid, args }) =>
      name === "thread_name" ? [[tid, args?.name]] : [],
    );
    expect(tracks).toEqual([[1, "forward"], [2, "backward"], [3, "optimizer"]]); // biome-ignore format: a table
    expect(spans.map(({ name, tid, ts, dur }) => [name, tid, ts, dur])).toEqual([
      ["block", 1, 0, 7000],
      ["conv1", 1, 0, 4000],
      ["conv2d/forward", 1, 0, 4000],
      ["conv2", 1, 5000, 2000],
      ["conv2d/forward", 1, 5000, 2000],
      ["loss/mean", 1, 7000, 1000],
      ["block", 2, 8500, 8000],
      ["conv2", 2, 8500, 8000],
      ["conv2d/backward", 2, 8500, 8000],
      ["optim/sgd", 3, 16500, 1000],
    ]);
    expect(spans[2]?.args).toMatchObject({ layer: "block.conv1", flops: 2e9, "GFLOP/s": 500 });
    expect(otherData).toMatchObject({ adapter: "a GPU", software: "no", kept: 1 });
  });

  test("lets no two dispatches overlap, whatever rounding made of their begins", () => {
    const early = step().map((time, i) => ({ ...time, start: i === 1 ? 3.5 : time.start }));
    const found = new Profile([early], { adapter: gpu }).trace().traceEvents;
    const kernels = found.filter(({ cat }) => cat === "kernel");
    expect(kernels.map(({ ts }) => ts)).toEqual([0, 4000, 7000, 8500, 16500]);
  });

  test("is JSON", () => {
    const profile = new Profile([step()], { adapter: gpu });
    expect(JSON.parse(JSON.stringify(profile.trace()))).toEqual(profile.trace());
  });
});
