import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import { openSafetensors, type Writable, writeSafetensors } from "../../../src/io/index.ts";
import { bytesOf, contentOf, damaged, fileOf, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";

const tensors = {
  weight: { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 1e-8, 65504, 3) },
  steps: { shape: [], data: BigInt64Array.of(2n ** 60n) },
  mask: { shape: [5], data: Uint8Array.of(0, 1, 255, 3, 7) },
  short: { shape: [2], data: Int16Array.of(-300, 300) },
  double: { shape: [1], data: Float64Array.of(Math.PI) },
  none: { shape: [0, 4], data: new Float32Array() },
};
const file = await bytesOf(writeSafetensors(tensors));

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** Serves files by path, with or without ranges; counts what it sends. */
async function serve(files: Readonly<Record<string, Uint8Array>>, ranges: boolean) {
  const sent = { bytes: 0, requests: 0 };
  const server = createServer((request, response) => {
    const content = files[(request.url ?? "").slice(1)];
    const [, begin, end] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    sent.requests++;
    if (!content) return response.writeHead(404).end();
    if (!ranges) return response.end(content);
    const part = content.subarray(Number(begin), Number(end) + 1);
    sent.bytes += part.length;
    const range = `bytes ${begin}-${Number(begin) + part.length - 1}/${content.length}`;
    return response.writeHead(206, { "content-range": range, etag: '"1"' }).end(part);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { at: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent };
}

describe("openSafetensors", () => {
  test("gives names, shapes, types and metadata, and reads tensors as they were written", async () => {
    for (const source of [file, file.buffer, new Blob([file])]) {
      const reader = await openSafetensors(source);
      expect([...reader.tensors.keys()]).toEqual(Object.keys(tensors));
      expect(reader.tensors.get("weight")).toMatchObject({ dtype: "F32", shape: [2, 3] });
      expect([...reader.metadata]).toEqual([["format", "pt"]]);
      for (const [name, { shape, data }] of Object.entries(tensors)) {
        expect(await reader.read(name)).toMatchObject({ shape, data });
      }
    }
  });

  test("reads F16, BF16, BOOL, I8, U16 and U64 exactly", async () => {
    const entry = (dtype: string, at: number, end: number, n: number) =>
      `{"dtype":"${dtype}","shape":[${n}],"data_offsets":[${at},${end}]}`;
    const header = `{"u64":${entry("U64", 0, 8, 1)},"f16":${entry("F16", 8, 12, 2)},"bf16":${entry("BF16", 12, 14, 1)},"u16":${entry("U16", 14, 16, 1)},"bool":${entry("BOOL", 16, 18, 2)},"i8":${entry("I8", 18, 19, 1)}}`;
    const ones = [255, 255, 255, 255, 255, 255, 255, 255];
    const bytes = fileOf(header, [...ones, 0, 0x3c, 1, 0, 0x80, 0xbf, 0xff, 0xff, 0, 1, 0x80]);
    expect(await contentOf(await openSafetensors(bytes))).toBe(
      [
        ...["bf16 BF16 [1] -1", "bool BOOL [2] 0 1", "f16 F16 [2] 1 5.960464477539063e-8"],
        ...["i8 I8 [1] -128", "u16 U16 [1] 65535", `u64 U64 [1] ${2n ** 64n - 1n}`],
      ].join("\n"),
    );
    const wrong = await openSafetensors(fileOf(`{"b":${entry("BOOL", 0, 1, 1)}}`, [7]));
    await expect(wrong.read("b")).rejects.toThrow(/0 or 1 as element 0 of a BOOL, got 7/);
  });

  test("over HTTP fetches the header and what is read, and no more", async () => {
    const big = { ...tensors, big: { shape: [30_000], data: new Float32Array(30_000).fill(2) } };
    const content = await bytesOf(writeSafetensors(big));
    const { at, sent } = await serve({ "model.safetensors": content }, true);
    const reader = await openSafetensors(`${at}model.safetensors`);
    expect(sent.bytes).toBe(65536);
    expect((await reader.read("weight")).data).toEqual(tensors.weight.data);
    const { data } = await reader.read("big");
    expect([data.length, data.every((value: number | bigint) => value === 2)]).toEqual([
      30_000,
      true,
    ]);
    expect(sent).toEqual({ bytes: 65536 + 120_000, requests: 2 });
    await expect(openSafetensors(new URL(`${at}other`))).rejects.toThrow(
      /openSafetensors: expected status 206 or 200 from .*other, got 404/,
    );
  });

  test("takes the whole file, once, from a server without ranges", async () => {
    const { at, sent } = await serve({ m: file }, false);
    const reader = await openSafetensors(new URL(`${at}m`));
    expect((await reader.readAll()).weight?.data).toEqual(tensors.weight.data);
    expect([sent.requests, reader.inMemory]).toEqual([1, true]);
  });

  test("reads a model in several files by its index", async () => {
    const index = new TextEncoder().encode(
      '{"metadata":{"total_size":8},"weight_map":{"b":"2.safetensors","a":"1.safetensors"}}',
    );
    const one = async (name: string, value: number) =>
      bytesOf(writeSafetensors({ [name]: { shape: [1], data: Float32Array.of(value) } }));
    const files = { "1.safetensors": await one("a", 1), "2.safetensors": await one("b", 2) };
    const { at } = await serve({ ...files, "model.safetensors.index.json": index }, true);
    const remote = await openSafetensors(`${at}model.safetensors.index.json`);
    const local = await openSafetensors(index, { shards: files });
    for (const reader of [remote, local]) {
      expect([...reader.tensors.keys()]).toEqual(["b", "a"]);
      expect(await contentOf(reader)).toBe("a F32 [1] 1\nb F32 [1] 2");
    }
    await expect(openSafetensors(index)).rejects.toThrow(/'2.safetensors' among the shards/);
    const swapped = { shards: () => files["1.safetensors"] };
    await expect(openSafetensors(index, swapped)).rejects.toThrow(/expected 'b' in 2.safetensors/);
    const outside = new TextEncoder().encode('{"weight_map":{"a":"../1.safetensors"}}');
    await expect(openSafetensors(outside, { shards: files })).rejects.toThrow(/files beside/);
  });

  test("refuses a header of 300,000 tensors, before it is parsed, and one of 400 GB", async () => {
    const entry = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
    const names = Array.from({ length: 300_000 }, (_, i) => `"k${i}":${entry}`);
    const large = fileOf(`{${names.join(",")}}`, []);
    const start = performance.now();
    await expect(openSafetensors(large)).rejects.toThrow(/more than 400000 names and values/);
    expect(performance.now() - start).toBeLessThan(2000);
    const long = fileOf("{}", []);
    new DataView(long.buffer).setBigUint64(0, 400_000_000_000n, true);
    await expect(openSafetensors(long)).rejects.toThrow(/not the length of a header/);
  });

  test("takes __proto__ and constructor for names like others", async () => {
    const entry = (at: number) => `{"dtype":"U8","shape":[1],"data_offsets":[${at},${at + 1}]}`;
    const reader = await openSafetensors(
      fileOf(`{"__proto__":${entry(0)},"constructor":${entry(1)}}`, [4, 5]),
    );
    expect(await contentOf(reader)).toBe("__proto__ U8 [1] 4\nconstructor U8 [1] 5");
    expect(Object.keys(await reader.readAll())).toEqual(["__proto__", "constructor"]);
    await expect(reader.read("toString")).rejects.toThrow(ValueError);
  });

  test("damaged files are refused by name, or are files of the same size", async () => {
    const below = randomIntegers(seedOr(1));
    const tally = new Tally("safetensors");
    for (let i = 0; i < tries(2000); i++) {
      const since = performance.now();
      try {
        await contentOf(await openSafetensors(damaged(file, below)));
        tally.count("read", since);
      } catch (error) {
        expectRefusal(error, "openSafetensors");
        tally.count("refused", since);
      }
    }
    tally.tell();
    expect(tally.refused).toBeGreaterThan(0.5 * tries(2000)); // the format has no checksum: changed values load
  });
});

describe("writeSafetensors", () => {
  const values = Float32Array.of(1 / 3, 1 + 2 ** -8, 1 + 3 * 2 ** -8, Number.NaN, -Infinity, 1e-40);

  test.each([
    ["F16", [0.333251953125, 1.00390625, 1.01171875, Number.NaN, -Infinity, 0]],
    ["BF16", [0.333984375, 1, 1.015625, Number.NaN, -Infinity, 9.183549615799121e-41]],
  ] as const)(
    "rounds to the nearest %s, ties to even, and leaves integers",
    async (dtype, rounded) => {
      const content: Writable = { x: { shape: [6], data: values }, n: tensors.steps };
      const reader = await openSafetensors(await bytesOf(writeSafetensors(content, { dtype })));
      expect([...(await reader.read("x")).data]).toEqual(rounded);
      expect((await reader.read("n")).data).toEqual(tensors.steps.data);
    },
  );

  test("ends with an error for a finite number that F16 does not hold", async () => {
    const content = { x: { shape: [1], data: Float32Array.of(70000) } };
    await expect(bytesOf(writeSafetensors(content, { dtype: "F16" }))).rejects.toThrow(
      /'x': expected numbers that F16 holds, got 70000/,
    );
  });
});
