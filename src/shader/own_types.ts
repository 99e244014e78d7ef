import type { DType } from "../core/shape.ts";
import type { Signature, Values } from "./shader.ts";

/** The signature of a shader whose text the compiler does not know. */
export interface AnySignature extends Signature {
  readonly reads: Readonly<Record<string, DType>>;
  readonly optional: Readonly<Record<never, never>>;
  readonly writes: Readonly<Record<string, DType>>;
  readonly inouts: Readonly<Record<never, never>>;
  readonly params: Values;
  readonly rows: Readonly<Record<string, Values>>;
  readonly overrides: string;
  readonly slots: Readonly<Record<string, string>>;
}

/**
 * The signature that the compiler reads from WGSL written as one literal: the names of its buffers, so that a wrong name
 * does not compile.
 */
export type SignatureOfText<W extends string> = string extends W
  ? AnySignature
  : {
      readonly reads: DtypesByName<Exclude<Buffers<W, "read">, Inouts<W>>>;
      readonly optional: Readonly<Record<never, never>>;
      readonly writes: DtypesByName<Exclude<Buffers<W, "read_write">, Inouts<W>>>;
      readonly inouts: DtypesByName<Inouts<W>>;
      readonly params: AnySignature["params"];
      readonly rows: AnySignature["rows"];
      readonly overrides: string;
      readonly slots: { readonly [Name in Slots<W>]: string };
    };

type DtypesByName<Names extends string> = { readonly [Name in Names]: DType };

/** Names of the buffers with this access. */
type Buffers<
  W extends string,
  Access extends string,
> = W extends `${string}var<storage${infer Rest}`
  ? Rest extends `${infer Given}>${infer Name}:${infer More}`
    ? (AccessOf<Trim<Given>> extends Access ? Trim<Name> : never) | Buffers<More, Access>
    : never
  : never;

type AccessOf<Given extends string> = Given extends `,${infer Access}` ? Trim<Access> : "read";

type Inouts<W extends string> = W extends `${string}//! inout ${infer Names}\n${infer More}`
  ? Words<Trim<Names>> | Inouts<More>
  : never;

/** Names of the slots. */
type Slots<W extends string> =
  W extends `${string}//! use ${string}/* as ${infer Name}\n${infer More}`
    ? Trim<Name> | Slots<More>
    : never;

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}`
  ? First | Words<Trim<Rest>>
  : Text;

type Trim<Text extends string> = Text extends ` ${infer Rest}` | `${infer Rest} `
  ? Trim<Rest>
  : Text;
