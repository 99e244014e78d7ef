import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
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

/**
 * Files that NumPy 1.24 and PyTorch 1.13 loaded as these arrays: where they are not installed, what is written must be the
 * same bytes. Of the deflated file the members are compared, as every zlib packs them in its own way.
 */
const loaded = {
  npz: "840dbcdd99a936aa",
  F32: "48d6cd12f5b9f1a1",
  F16: "da51320d65390a7a",
  BF16: "33f91743a556c897",
};

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** Contents of a zip file's members, as APPNOTE 6.3 lays out local headers with 64-bit sizes. */
function members(zip: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(zip);
  const found: Uint8Array[] = [];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const extra = at + 30 + bytes.readUInt16LE(at + 26);
    const start = extra + bytes.readUInt16LE(at + 28);
    const end = start + Number(bytes.readBigUInt64LE(extra + 12));
    const packed = bytes.subarray(start, end);
    found.push(bytes.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed) : packed);
    at = end;
  }
  return found;
}

/** What Python prints for a program; undefined where Python or a package is not installed. */
function python(program: string, ...words: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program, ...words], {
    encoding: "utf8",
  });
  if (status === 0) return stdout.trim();
  if (status === null || /ModuleNotFoundError|not found/.test(stderr)) return undefined;
  throw new Error(stderr);
}

test("NumPy loads what writeNpz wrote, stored and deflated", async () => {
  const stored = await bytesOf(writeNpz(arrays));
  expect(digest(stored)).toBe(loaded.npz);
  expect(members(stored)).toHaveLength(3);
  for (const compressed of [false, true]) {
    const path = join(folder, `${compressed}.npz`);
    const bytes = await bytesOf(writeNpz(arrays, { compressed }));
    if (compressed) expect(members(bytes)).toEqual(members(stored));
    writeFileSync(path, bytes);
    const printed = python(
      "import sys, numpy; f = numpy.load(sys.argv[1]); print({k: (f[k].dtype.str, f[k].tolist()) for k in f})",
      path,
    );
    if (printed === undefined) continue;
    expect(printed).toBe(
      "{'0.weight': ('<f4', [[0.0, 0.25, 0.5], [0.75, 1.0, 1.25]]), '0.bias': ('<f4', [-1.0, 3.0]), " +
        "'steps': ('<i8', 1152921504606846976)}",
    );
  }
});

/** A reader of safetensors written from the format's description, for PyTorch without the package safetensors. */
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
  async (dtype) => {
    const path = join(folder, `${dtype}.safetensors`);
    const bytes = await bytesOf(writeSafetensors(arrays, { dtype }));
    expect(digest(bytes)).toBe(loaded[dtype]);
    writeFileSync(path, bytes);
    const printed = python(reader, path);
    if (printed === undefined) return;
    expect(printed).toBe(
      "<All keys matched successfully> [[0.0, 0.25, 0.5], [0.75, 1.0, 1.25]] [-1.0, 3.0] 1152921504606846976",
    );
  },
);
