import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { racers } from "../../../demos/optimisers/racers.ts";

const theme = readFileSync(resolve(import.meta.dirname, "../../../demos/shared/theme.css"), "utf8");
const [light = {}, dark = {}] = [...theme.matchAll(/:root \{([^}]*)\}/g)]
  .map(([, block = ""]) => block)
  .filter((block) => block.includes("--blue"))
  .map((block) =>
    Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name = "", hex = ""]) => [
        name,
        hex,
      ]),
    ),
  );

type Three = readonly [number, number, number];

/** Linear RGB as seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1). */
const eyes: Readonly<Record<string, readonly [Three, Three, Three]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

const times = (matrix: readonly [Three, Three, Three], [a, b, c]: Three): Three =>
  [0, 1, 2].map((i) => {
    const [x, y, z] = matrix[i] as Three;
    return x * a + y * b + z * c;
  }) as [number, number, number];

/** CIE L*a*b* of linear RGB for the white point D65. */
function lab(rgb: Three): Three {
  const xyz = times(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    rgb,
  );
  const white = [0.9505, 1, 1.089];
  const [x = 0, y = 0, z = 0] = xyz.map((value, i) => {
    const t = Math.max(0, value) / Number(white[i]);
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seen(hex: string, eye: string): Three {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  const [r, g, b] = times(eyes[eye] as readonly [Three, Three, Three], [
    channel(1),
    channel(3),
    channel(5),
  ]);
  const kept = (value: number) => Math.min(1, Math.max(0, value));
  return lab([kept(r), kept(g), kept(b)]);
}

/** Smallest difference in CIE L*a*b* (1976) that two line colours must have. */
const LEAST = 20;

describe.each(Object.keys(eyes))("by eyes with %s", (eye) => {
  test.each([
    ["light", light],
    ["dark", dark],
  ] as const)("racers with the same dashes have colours apart, %s", (_, colours) => {
    const alike = racers.flatMap((one, i) =>
      racers.slice(i + 1).flatMap((other) => {
        if (`${one.look.dash}` !== `${other.look.dash}`) return [];
        const [a, b] = [one, other].map(({ look }) => seen(colours[look.colour] ?? "", eye));
        const apart = Math.hypot(...(a ?? []).map((value, k) => value - Number(b?.[k])));
        return apart < LEAST ? [`${one.name} and ${other.name}: ${apart.toFixed(1)}`] : [];
      }),
    );
    expect(alike).toEqual([]);
  });
});

test("no two racers share colour and dashes", () => {
  const looks = racers.map(({ look }) => `${look.colour} ${look.dash}`);
  expect(new Set(looks).size).toBe(racers.length);
});
