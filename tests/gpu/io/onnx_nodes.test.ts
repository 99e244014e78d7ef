import { expect, test } from "vitest";
import text from "../../golden/onnx_nodes.jsonl?raw";
import { nodeTests, outcomesOf } from "../../support/onnx_nodes.ts";
import { refusedNodes } from "../../support/onnx_refused.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const outcomes = await outcomesOf(nodeTests(text));

/** Tests whose results differ, and why. */
const different: Readonly<Record<string, string>> = {
  cast_DOUBLE_to_FLOAT16: "16-bit floats are kept as f32, with more digits",
  cast_FLOAT_to_FLOAT16: "16-bit floats are kept as f32, with more digits",
  "pytorch-operator/operator_addconstant": "doubles are f32, which 9e223 is beyond",
  resize_downsample_scales_cubic_align_corners:
    "corners are those of the result of whole cells, as in onnxruntime, not of one of 2.4 cells",
  resize_downsample_scales_linear_align_corners:
    "corners are those of the result of whole cells, as in onnxruntime, not of one of 2.4 cells",
};

/** "Conv: reason" of a message "Conv 'name': reason"; messages without a node's name stay whole. */
function reasonOf(message: string): string {
  const [, first = message] = message.split("\n");
  return first.trim().replace(/^(\w+) '[^']*': /, "$1: ");
}

test("the ONNX project's tests of operators give its values, or are refused for a reason", () => {
  const ran = outcomes.filter(({ refused }) => refused === undefined);
  const wrong = ran.filter((each) => each.wrong !== "" && !Object.hasOwn(different, each.name));
  expect(wrong.map(({ name, wrong: what }) => `${name}: ${what}`).join("\n")).toBe("");
  const passed = ran.filter((each) => each.wrong === "").length;
  console.log(`ONNX: ${passed} of ${outcomes.length} tests of operators passed`);
  expect(ran.length - passed).toBe(Object.keys(different).length);
});

test("what is refused, and why, is known", () => {
  const found: Record<string, string[]> = {};
  for (const { name, refused } of outcomes) {
    if (refused === undefined) continue;
    const reason = reasonOf(refused);
    found[reason] = [...(found[reason] ?? []), name];
  }
  for (const names of Object.values(found)) names.sort();
  expect(found).toEqual(refusedNodes);
});
