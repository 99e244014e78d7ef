const encoder = /* @__PURE__ */ new TextEncoder();

/** Seven bits per byte, the lowest first; a negative number as 64 bits of two's complement. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}

/** A message that is written (Protocol Buffers encoding): fields in the order in which they are added, including empty ones. */
export class Message {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  integer(number: number, value: number): this {
    return this.#add(Uint8Array.from([...varint(number * 8), ...varint(value)]));
  }

  float(number: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#add(Uint8Array.from([...varint(number * 8 + 5), ...bytes]));
  }

  /** One field per integer (not packed), as readers of old files expect. */
  integers(number: number, values: readonly number[]): this {
    for (const value of values) this.integer(number, value);
    return this;
  }

  text(number: number, text: string): this {
    return this.bytes(number, encoder.encode(text));
  }

  bytes(number: number, bytes: Uint8Array): this {
    this.#head(number, bytes.length);
    return this.#add(bytes);
  }

  message(number: number, { parts, length }: Message): this {
    this.#head(number, length);
    for (const part of parts) this.#add(part);
    return this;
  }

  get parts(): readonly Uint8Array[] {
    return this.#parts;
  }

  /** The whole message as one array. */
  whole(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #head(number: number, length: number): void {
    this.#add(Uint8Array.from([...varint(number * 8 + 2), ...varint(length)]));
  }

  #add(part: Uint8Array): this {
    this.#parts.push(part);
    this.#length += part.length;
    return this;
  }
}
