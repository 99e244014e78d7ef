import type { Shape } from "../../core/shape.ts";
import { type NormGrouping, planesOf } from "./geometry.ts";

/** A shape and a norm, with or without coarse work. */
export interface PackedCase {
  readonly name: string;
  readonly x: Shape;
  readonly norm: NormGrouping;
  readonly coarse: boolean;
  /** Rows of statistics. */
  readonly rows: number;
  /** Shape of γ and β. */
  readonly affine: Shape;
  /** Elements of the longest sum. */
  readonly length: number;
}

const batch = { kind: "batch" } as const;
const layer = { kind: "layer", axes: 1 } as const;

const shapes: readonly (readonly [name: string, x: Shape, norm: NormGrouping])[] = [
  ["batch, planes of 12", [3, 5, 2, 6], batch],
  ["batch, planes of 4", [37, 3, 2, 2], batch],
  ["batch, planes of 1,280, in pieces", [9, 2, 32, 40], batch],
  ["instance, planes of 28", [3, 5, 4, 7], { kind: "instance" }],
  ["group, planes of 20", [2, 6, 4, 5], { kind: "group", groups: 2 }],
  ["layer, rows of 12", [21, 12], layer],
  ["layer, rows of 260", [5, 260], layer],
  ["layer over two axes, columns of 1,100", [1100, 2, 4], { kind: "layer", axes: 2 }],
  ["layer, one row of 20,004", [1, 20004], layer],
];

/** Cases in which elements are read one at a time, with coarse work. */
const single: readonly (readonly [name: string, x: Shape, norm: NormGrouping])[] = [
  ["batch, planes of 35", [5, 9, 5, 7], batch],
  ["batch, planes of one element, many rows", [17, 131], batch],
  ["layer, rows of 77, many rows", [130, 77], layer],
];

/** Cases in which elements are read four at a time, and with coarse work. */
export const packedCases: readonly PackedCase[] = [
  ...shapes.flatMap((each) => [about(each, false), about(each, true)]),
  ...single.map((each) => about(each, true)),
];

function about([name, x, norm]: (typeof shapes)[number], coarse: boolean): PackedCase {
  const { rows, affine, length, outer, inner } = planesOf("packedCases", x, norm);
  const where = coarse ? "coarse: " : "packs: ";
  return {
    ...{ name: where + name, x, norm, coarse, rows, affine },
    length: Math.max(length, outer * inner),
  };
}
