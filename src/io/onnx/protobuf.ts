import { ValueError } from "../../core/errors.ts";

/** One field of a message: numbers are decoded; text, bytes and messages are parts of the file. */
export interface MessageField {
  readonly number: number;
  /** 0: varint, 1: eight bytes, 2: bytes preceded by their length, 5: four bytes. */
  readonly wire: number;
  /** For varints: a signed 64-bit integer, rounded to the nearest double beyond 2⁵³. */
  readonly value: number;
  /** For all others. */
  readonly bytes: Uint8Array;
}

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/** Throws `ValueError` for a file that cannot be read. */
export function damaged(reason: string): never {
  throw new ValueError(`loadOnnx: expected a sound ONNX file, got one where ${reason}`);
}

/** The fields of a message in order (Protocol Buffers encoding). Throws `ValueError` if they do not end exactly at its end. */
export function* fields(message: Uint8Array, what: string): Generator<MessageField> {
  const reader = new MessageReader(message, what);
  while (!reader.done) {
    const tag = reader.varint();
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    if (number < 1) damaged(`${what} has a field without a number; is it an ONNX file?`);
    if (wire === 0) yield { number, wire, value: reader.varint(), bytes: NO_BYTES };
    else yield { number, wire, value: 0, bytes: reader.take(lengthOf(reader, wire, what)) };
  }
}

function lengthOf(reader: MessageReader, wire: number, what: string): number {
  if (wire === 1) return 8;
  if (wire === 5) return 4;
  if (wire === 2) return reader.varint();
  return damaged(`${what} has a field of the unknown kind ${wire}; is it an ONNX file?`);
}

class MessageReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Uint8Array {
    if (length < 0 || length > this.#bytes.length - this.#at) {
      damaged(`${this.#what} ends within a field of ${length} bytes; is the file whole?`);
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Seven bits per byte, the lowest first, at most ten bytes. */
  varint(): number {
    let low = 0; // the lowest 28 bits
    let high = 0; // the bits above
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) damaged(`${this.#what} ends within a number; is the file whole?`);
      if (shift < 28) low += (byte & 127) * 2 ** shift;
      else high += (byte & 127) * 2 ** (shift - 28);
      if (byte < 128) return signed(high, low);
    }
    return damaged(`${this.#what} has a number of more than ten bytes; is it an ONNX file?`);
  }
}

/** high · 2²⁸ + low, of which bit 63 is the sign. */
function signed(high: number, low: number): number {
  const top = high % 2 ** 36; // bits beyond 64 are ignored
  return (top >= 2 ** 35 ? top - 2 ** 36 : top) * 2 ** 28 + low;
}

const decoder = /* @__PURE__ */ new TextDecoder();

/** Checks the wire type of a field. */
function expectWire({ number, wire }: MessageField, wires: readonly number[], what: string): void {
  if (!wires.includes(wire)) {
    damaged(
      `field ${number} of ${what} has kind ${wire}, expected ${wires.join(" or ")}; is it an ONNX file?`,
    );
  }
}

export function textOf(field: MessageField, what: string): string {
  return decoder.decode(bytesOf(field, what));
}

/** Bytes, or a message. */
export function bytesOf(field: MessageField, what: string): Uint8Array {
  expectWire(field, [2], what);
  return field.bytes;
}

export function integerOf(field: MessageField, what: string): number {
  expectWire(field, [0], what);
  return field.value;
}

/** Appends the integers of a repeated field: a single one, or several packed ones. */
export function pushIntegers(into: number[], field: MessageField, what: string): void {
  expectWire(field, [0, 2], what);
  if (field.wire === 0) into.push(field.value);
  else {
    const reader = new MessageReader(field.bytes, what);
    while (!reader.done) into.push(reader.varint());
  }
}

/** Appends the floats of a repeated field, of four or eight bytes each: a single one, or several packed ones. */
export function pushFloats(into: number[], field: MessageField, width: 4 | 8, what: string): void {
  expectWire(field, [width === 4 ? 5 : 1, 2], what);
  const { buffer, byteOffset, byteLength } = field.bytes;
  if (byteLength % width)
    damaged(`field ${field.number} of ${what} ends within a float; is the file whole?`);
  const view = new DataView(buffer, byteOffset, byteLength);
  for (let at = 0; at < byteLength; at += width) {
    into.push(width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true));
  }
}
