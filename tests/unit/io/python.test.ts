import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeNpz, writeSafetensors } from "../../../src/io/index.ts";
import { bytesOf } from "../../support/files.ts";

const folder = mkdtempSync(join(tmpdir(), "wgrad-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const arrays = {
  "0.weight": { shape: [2, 3], data: Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25) },
  "0.bias": { shape: [2], data: Float32Array.of(-1, 3) },
  steps: { shape: [], data: BigInt64Array.of(2n ** 60n) },
};

/** What Python prints for a program; undefined where it or a package is absent. */
function python(program: string, ...words: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program, ...words], {
    encoding: "utf8",
  });
  if (status === 0) return stdout.trim();
  if (status === null || /ModuleNotFoundError|not found/.test(stderr)) return undefined;
  throw new Error(stderr);
}

test("NumPy loads what writeNpz wrote, stored and deflated", async (context) => {
  for (const compressed of [false, true]) {
    const path = join(folder, `${compressed}.npz`);
    writeFileSync(path, await bytesOf(writeNpz(arrays, { compressed })));
    const printed = python(
      "import sys, numpy; f = numpy.load(sys.argv[1]); print({k: (f[k].dtype.str, f[k].tolist()) for k in f})",
      path,
    );
    if (printed === undefined) return context.skip("python3 with numpy is not installed");
    expect(printed).toBe(
      "{'0.weight': ('<f4', [[0.0, 0.25, 0.5], [0.75, 1.0, 1.25]]), '0.bias': ('<f4', [-1.0, 3.0]), " +
        "'steps': ('<i8', 1152921504606846976)}",
    );
  }
});

/** The format as its page describes it, in a few lines, for PyTorch without the package safetensors. */
const reader = `
import json, struct, sys, torch
data = open(sys.argv[1], "rb").read()
n = struct.unpack("<Q", data[:8])[0]
header = json.loads(data[8:8 + n])
types = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}
state = {}
for name, entry in header.items():
    if name == "__metadata__": continue
    begin, end = entry["data_offsets"]
    part = bytearray(data[8 + n + begin:8 + n + end])
    state[name] = torch.frombuffer(part, dtype=types[entry["dtype"]]).reshape(entry["shape"])
steps = state.pop("steps").item()
model = torch.nn.Sequential(torch.nn.Linear(3, 2))
print(model.load_state_dict(state), model[0].weight.tolist(), model[0].bias.tolist(), steps)
`;

test.for(["F32", "F16", "BF16"] as const)(
  "PyTorch loads what writeSafetensors wrote as %s",
  async (dtype, context) => {
    const path = join(folder, `${dtype}.safetensors`);
    writeFileSync(path, await bytesOf(writeSafetensors(arrays, { dtype })));
    const printed = python(reader, path);
    if (printed === undefined) return context.skip("python3 with torch is not installed");
    expect(printed).toBe(
      "<All keys matched successfully> [[0.0, 0.25, 0.5], [0.75, 1.0, 1.25]] [-1.0, 3.0] 1152921504606846976",
    );
  },
);
