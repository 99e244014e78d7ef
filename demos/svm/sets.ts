import { normal, uniform } from "../shared/random.ts";
import { PLANE, type Sample, type Scene } from "./scene.ts";
import type { ClassSet, CurveSet } from "./settings.ts";
import { isTable, type TableName } from "./table_scene.ts";

type Draw = (i: number, u: () => number, g: () => number) => Sample;

interface Made {
  readonly count: number;
  readonly draw: Draw;
}

const turn = 2 * Math.PI;

const classes: Readonly<Record<Exclude<ClassSet, TableName>, Made>> = {
  moons: {
    count: 120,
    draw: (i, u, g) => {
      const angle = Math.PI * u();
      const label = i % 2;
      const [x, y] = label
        ? [1.05 - 2.1 * Math.cos(angle), 0.75 - 2.1 * Math.sin(angle)]
        : [-1.05 + 2.1 * Math.cos(angle), -0.75 + 2.1 * Math.sin(angle)];
      return { x: x + 0.25 * g(), y: y + 0.25 * g(), label };
    },
  },
  groups: {
    count: 120,
    draw: (i, _, g) => {
      const angle = Math.PI / 2 + (turn * (i % 3)) / 3;
      return {
        x: 1.7 * Math.cos(angle) + 0.75 * g(),
        y: 1.5 * Math.sin(angle) - 0.2 + 0.75 * g(),
        label: i % 3,
      };
    },
  },
  rings: {
    count: 120,
    draw: (i, u, g) => {
      const label = i % 2;
      const [angle, radius] = [turn * u(), label ? 2.4 + 0.22 * g() : 1.2 * Math.sqrt(u())];
      return { x: radius * Math.cos(angle), y: radius * Math.sin(angle), label };
    },
  },
  xor: {
    count: 120,
    draw: (_, u) => {
      const [x, y] = [7 * u() - 3.5, 5.6 * u() - 2.8];
      return { x, y, label: x * y > 0 ? 1 : 0 };
    },
  },
  own: { count: 0, draw: () => ({ x: 0, y: 0, label: 0 }) },
};

const along = (i: number, count: number, u: () => number) => ((i + u()) / count) * 7.2 - 3.6;

const curves: Readonly<Record<Exclude<CurveSet, "diabetes">, Made>> = {
  sine: {
    count: 80,
    draw: (i, u, g) => {
      const x = along(i, 80, u);
      return { x, y: 1.6 * Math.sin(1.6 * x) + 0.22 * g(), label: 0 };
    },
  },
  jump: {
    count: 80,
    draw: (i, u, g) => {
      const x = along(i, 80, u);
      return { x, y: (x < 0.4 ? -1.4 : 1.4) + 0.18 * g(), label: 0 };
    },
  },
  outliers: {
    count: 60,
    draw: (i, u, g) => {
      const x = along(i, 60, u);
      return { x, y: i % 10 === 4 ? 2.6 + 0.2 * g() : 0.6 * x - 0.8 + 0.15 * g(), label: 0 };
    },
  },
  own: { count: 0, draw: () => ({ x: 0, y: 0, label: 0 }) },
};

/** Synthetic points for the plane, always the same ones. */
function madeUp({ count, draw }: Made): Sample[] {
  const u = uniform(7);
  const g = normal(u);
  return Array.from({ length: count }, (_, i) => draw(i, u, g));
}

/** Synthetic classes; undefined for those of a table. */
export function classScene(set: ClassSet): Scene | undefined {
  if (isTable(set)) return undefined;
  return {
    samples: madeUp(classes[set]),
    domain: PLANE,
    axes: ["", ""],
    names: ["A", "B", "C"],
  };
}

/** A synthetic curve; undefined for the one of a table. */
export function curveScene(set: CurveSet): Scene | undefined {
  if (set === "diabetes") return undefined;
  return { samples: madeUp(curves[set]), domain: PLANE, axes: ["x", "y"], names: ["A"] };
}
