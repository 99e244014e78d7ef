import { expect, test } from "vitest";
import { init } from "../../../src/scheduler/engine.ts";

test.each<[string, object, string]>([
  [
    "a preference that is none",
    { adapter: { powerPreference: "high" } },
    'init: expected "low-power" or "high-performance" as powerPreference, got "high"; ' +
      'pass "low-power" or "high-performance"',
  ],
  [
    "a misspelt name, which WebGPU would take for nothing",
    { adapter: { powerpreference: "low-power" } },
    "init: expected options powerPreference, forceFallbackAdapter, featureLevel, xrCompatible, got 'powerpreference'; " +
      "did you mean 'powerPreference'?",
  ],
  [
    "an option of WebGPU beside adapter, into which it belongs",
    { powerPreference: "low-power" },
    "init: expected options device, adapter, maxQueued, fuse, maxBytes, inspect, got 'powerPreference'; " +
      "did you mean 'adapter'?",
  ],
  [
    "a preference in its place",
    { adapter: "low-power" },
    'init: expected an object of options as adapter, got "low-power"; ' +
      "write { powerPreference, forceFallbackAdapter, featureLevel, xrCompatible }, those you need",
  ],
])("init() refuses %s", async (_, options, message) => {
  await expect(init(options)).rejects.toThrow(message);
});
