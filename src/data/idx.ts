import { answerOf, wholeOf } from "../core/answer.ts";
import { ValueError } from "../core/errors.ts";
import { either, type Kind, string } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { checked, checkedAsync } from "../core/signature.ts";

/** Bytes with a shape, as in the IDX files of the MNIST family. */
export interface Bytes {
  /** Sizes of the axes, [60000, 28, 28] for MNIST's images. */
  readonly shape: readonly number[];
  /** The bytes, row-major. */
  readonly data: Uint8Array<ArrayBuffer>;
}

const fileKind: Kind = {
  expected: "an ArrayBuffer or a Uint8Array",
  advice: "pass what fetchBytes() gave, or the bytes of a file",
  accepts: (value) => isA(value, "ArrayBuffer", "Uint8Array"),
};

const urlKind: Kind = { expected: "a URL", accepts: (value) => isA(value, "URL") };

/**
 * Reads an IDX file of unsigned bytes (Y. LeCun's format): two zero bytes, type 8, the number of axes, the sizes as
 * big-endian 32-bit integers, the data. Throws `ValueError` for other content.
 */
export const parseIdx = /* @__PURE__ */ checked("parseIdx", { file: fileKind }, parse);

function parse(given: ArrayBuffer | Uint8Array): Bytes {
  // the bytes of a view alone: Node's small Buffers share their memory
  const file = isA(given, "ArrayBuffer") ? given : Uint8Array.from(given).buffer;
  const view = new DataView(file);
  if (file.byteLength < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8) {
    throw new ValueError(
      `parseIdx: expected an IDX file of unsigned bytes, which begins with 00 00 08, got ${file.byteLength} bytes that begin ` +
        `with ${firstBytes(file)}; unpack .gz files first`,
    );
  }
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  if (file.byteLength < start) {
    throw new ValueError(
      `parseIdx: expected a header of ${start} bytes, got a file of ${file.byteLength}; is the file whole?`,
    );
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, n) => product * n, 1);
  if (file.byteLength !== start + count) {
    throw new ValueError(
      `parseIdx: expected ${count} bytes for [${shape.join(", ")}], got ${file.byteLength - start}; is the file whole?`,
    );
  }
  return { shape, data: new Uint8Array(file, start) };
}

const firstBytes = (file: ArrayBuffer): string =>
  [...new Uint8Array(file.slice(0, 3))].map((n) => n.toString(16).padStart(2, "0")).join(" ") ||
  "none";

/**
 * Fetches a file and decompresses it if it is gzip, whether or not the server declares it. Throws `ValueError` if there is
 * no answer, for a status that is not a success, and for content that breaks off.
 */
export const fetchBytes = /* @__PURE__ */ checkedAsync(
  "fetchBytes",
  { url: either(string, urlKind) },
  download,
);

async function download(url: string | URL): Promise<ArrayBuffer> {
  const response = await answerOf("fetchBytes", url);
  if (!response.ok) {
    throw new ValueError(
      `fetchBytes: expected ${url}, got status ${response.status}; check the path`,
    );
  }
  const bytes = await wholeOf("fetchBytes", url, response.arrayBuffer());
  const [a, b] = new Uint8Array(bytes);
  if (a !== 0x1f || b !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return wholeOf("fetchBytes", url, new Response(unpacked).arrayBuffer());
}
