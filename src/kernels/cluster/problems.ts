import type { InputSpec } from "../kernel.ts";
import { NO_CENTRE } from "./layout.ts";

const up = (n: number) => 4 * Math.ceil(n / 4);

/** Definition of a case: `centre(k, j)` and, for point i, its centre and the distance from it. */
export interface Clustered {
  readonly points: number;
  readonly features: number;
  readonly clusters: number;
  /** Feature j of centre k; default a lattice with cells of width 4. */
  readonly centre?: (k: number, j: number) => number;
  /** Feature j of point i; default near centre (5 i + 3) mod k. */
  readonly point?: (i: number, j: number) => number;
  readonly mass?: number;
}

/** Corners of a lattice: all different, with coordinates −4, 0 and 4. */
export const corner = (k: number, j: number) => 4 * ((Math.floor(k / 3 ** (j % 4)) % 3) - 1);

/** xt and centres in the layout of the kernels. */
export function clustered(about: Clustered): { xt: InputSpec; centres: InputSpec } {
  const { points, features, clusters, centre = corner, mass = 0 } = about;
  const near = (i: number, j: number) =>
    centre((5 * i + 3) % clusters, j) + (((i * 7 + j * 3) % 11) - 5) / 8;
  const { point = near } = about;
  const [n, d, k] = [up(points), up(features), up(clusters)];
  const value = (row: number, j: number) => (row < clusters && j < features ? centre(row, j) : 0);
  const tail = (row: number) => {
    const norm = Array.from({ length: d }, (_, j) => value(row, j) ** 2).reduce((a, b) => a + b, 0);
    return row < clusters ? [norm, mass, 0, 0] : [NO_CENTRE, 0, 0, 0];
  };
  const width = d + 4;
  return {
    xt: {
      shape: [d, n],
      fill: (e) => (e % n < points && e / n < features ? point(e % n, Math.floor(e / n)) : 0),
    },
    centres: {
      shape: [k, width],
      fill: (e) => {
        const [row, j] = [Math.floor(e / width), e % width];
        return j < d ? value(row, j) : (tail(row)[j - d] as number);
      },
    },
  };
}

/** Sizes around multiples of vectors, of groups of four centres, and of workgroups. */
export const sizesOfCases: readonly (Clustered & { readonly name: string })[] = [
  { name: "one point, one feature, one centre", points: 1, features: 1, clusters: 1 },
  { name: "two points", points: 2, features: 3, clusters: 2 },
  { name: "three points, four centres", points: 3, features: 4, clusters: 4 },
  { name: "five features, five centres", points: 37, features: 5, clusters: 5 },
  { name: "more points than a workgroup has lanes", points: 523, features: 8, clusters: 9 },
  { name: "17 features, 13 centres", points: 150, features: 17, clusters: 13 },
  { name: "many features", points: 21, features: 260, clusters: 3 },
  {
    name: "halfway between centres the first wins",
    points: 40,
    features: 4,
    clusters: 9,
    point: (i, j) => (j === 0 ? 2 * (i % 3) - 2 : j === 1 ? 2 * (i % 5) - 4 : -4),
  },
  {
    name: "equal centres, the first gets the points",
    points: 30,
    features: 2,
    clusters: 8,
    centre: (k, j) => corner(k % 3, j),
  },
  {
    name: "safety: far from the origin, and NaN",
    points: 18,
    features: 4,
    clusters: 3,
    centre: (k, j) => 1e4 * corner(k, j),
    point: (i, j) => (i === 9 && j === 2 ? Number.NaN : 1e4 * corner(i % 3, j) + (i % 5)),
  },
];
