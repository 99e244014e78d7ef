import { ValueError } from "../core/errors.ts";

/** Reads a pickle's bytes sequentially. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  take(length: number): number {
    if (this.at + length > this.#bytes.length) refuse("it ends within a value", "is it whole?");
    this.at += length;
    return this.at - length;
  }

  u8 = () => this.#view.getUint8(this.take(1));
  u16 = () => this.#view.getUint16(this.take(2), true);
  u32 = () => this.#view.getUint32(this.take(4), true);
  i32 = () => this.#view.getInt32(this.take(4), true);
  f64 = () => this.#view.getFloat64(this.take(8), false);
  u64 = () => Number(this.#view.getBigUint64(this.take(8), true));

  text(length: number): string {
    const at = this.take(length);
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) refuse("it ends within a name", "is it whole?");
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  /** A two's complement integer of any length. */
  long(length: number): number | bigint {
    const at = this.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--)
      value = (value << 8n) | BigInt(this.#bytes[at + i] as number);
    const signed = length > 0 ? BigInt.asIntN(8 * length, value) : 0n;
    const small = Number(signed);
    return Number.isSafeInteger(small) ? small : signed;
  }
}

/** Throws `ValueError` with the reason and what to do. */
export function refuse(reason: string, advice = "save a state dict with torch.save()"): never {
  throw new ValueError(
    `pickle: expected a pickle of tensors and plain data, got another: ${reason}; ${advice}`,
  );
}
