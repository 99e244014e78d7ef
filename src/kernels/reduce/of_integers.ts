/** Cases of the `reduce` kernel with integers that exceed the 24 significant bits of f32. */
const tolerance = "exact" as const;

/** Integers of 2²⁴ and more; for i32, two of three are negative. */
const great = (element: "i32" | "u32") => ({
  shape: [3, 68],
  fill: (i: number) => (2 ** 24 + i) * (element === "i32" && i % 3 ? -1 : 1),
});

export const ofIntegers = [
  ...(["i32", "u32"] as const).flatMap((element) =>
    (["sum", "max", "min"] as const).map((op) => ({
      name: `${op} of ${element}, rows and pieces`,
      inputs: { x: great(element) },
      options: { op, axes: [1], pieces: 3 },
      dtypes: { element },
      tolerance,
    })),
  ),
  {
    name: "integers, columns, fewer than lanes",
    inputs: { x: { shape: [70, 5], fill: (i: number) => i - 200 } },
    options: { op: "max" as const, axes: [0] },
    dtypes: { element: "i32" as const },
    tolerance,
  },
];
