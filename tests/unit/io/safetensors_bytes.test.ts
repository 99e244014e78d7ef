import { describe, expect, test } from "vitest";
import { crc32 } from "../../../src/core/crc32.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/io/safetensors.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

/** A safetensors file with this header and this many bytes of data. */
function fileOf(header: string, data: number): ArrayBuffer {
  const text = ascii(header);
  const file = new Uint8Array(8 + text.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file.buffer;
}

test("crc32 is that of ISO 3309, whole or in parts", () => {
  expect(crc32(ascii("123456789"))).toBe(0xcbf43926); // the published check value of CRC-32
  expect(crc32(ascii("6789"), crc32(ascii("12345")))).toBe(0xcbf43926);
  expect(crc32(ascii(""))).toBe(0);
});

describe("safetensors", () => {
  test("a file is 8 bytes of length, JSON padded to 8 bytes, then little-endian data", () => {
    const tensors = {
      a: { shape: [2], data: Float32Array.of(1, 2) },
      n: { shape: [], data: Int32Array.of(-5) },
      none: { shape: [0, 3], data: new Uint32Array() },
    };
    const file = encodeSafetensors({ tensors, metadata: { by: "test" } });
    const view = new DataView(file);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)))).toEqual({
      __metadata__: { by: "test" },
      a: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
      n: { dtype: "I32", shape: [], data_offsets: [8, 12] },
      none: { dtype: "U32", shape: [0, 3], data_offsets: [12, 12] },
    });
    expect(view.getFloat32(8 + length + 4, true)).toBe(2);
    expect(file.byteLength).toBe(8 + length + 12);
    expect(decodeSafetensors(file)).toEqual({
      tensors: {
        a: { dtype: "F32", ...tensors.a },
        n: { dtype: "I32", ...tensors.n },
        none: { dtype: "U32", ...tensors.none },
      },
      metadata: { by: "test" },
    });
  });

  test("a file without metadata, in another order and with an odd header, is read", () => {
    const header =
      '{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"U32","shape":[1],"data_offsets":[0,4]}} ';
    const { tensors, metadata } = decodeSafetensors(fileOf(header, 8));
    expect(tensors).toEqual({
      b: { dtype: "F32", shape: [1], data: Float32Array.of(0) },
      a: { dtype: "U32", shape: [1], data: Uint32Array.of(0) },
    });
    expect(metadata).toEqual({});
  });

  test.each([
    ["[]", 0, /not a JSON object/],
    ["{", 0, /not JSON/],
    ['{"a":1}', 0, /'a' is not described/],
    [
      '{"a":{"dtype":"F8_E5M2","shape":[4],"data_offsets":[0,4]}}',
      4,
      /'a' is F8_E5M2, expected F32/,
    ],
    ['{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4, /shape of 'a'/],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}', 4, /does not have two offsets/],
    ['{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4, /4 bytes, expected 8/],
    [
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
      3,
      /ends after \d+ bytes, within a tensor/,
    ],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8, /gap at byte 0/],
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 5, /has \d+ bytes, expected \d+/],
    ['{"__metadata__":{"a":1}}', 0, /metadata 'a' are not text/],
    ['{"__metadata__":[]}', 0, /metadata are not an object/],
  ])("%s is refused", (header, data, message) => {
    expect(() => decodeSafetensors(fileOf(header, data))).toThrow(message);
  });
});
