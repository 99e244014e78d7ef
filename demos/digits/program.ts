import { isBlank, pixelsOf, readBitmap } from "./drawing/bitmap.ts";
import { readOwn } from "./own.ts";
import type { Settings } from "./settings.ts";

/** Source of a program that finds the neighbours of the drawing. */
export function program({ k, metric, centre, drawing, own }: Settings): string {
  const bitmap = readBitmap(drawing);
  const pixels = isBlank(bitmap) ? new Array<number>(64).fill(1) : pixelsOf(bitmap, centre);
  const lines = Array.from({ length: 8 }, (_, i) => pixels.slice(8 * i, 8 * i + 8).join(", "));
  const added = readOwn(own).length;
  const more =
    added > 0
      ? `// the page counts ${added} of your digits, too: rows.push(…), labels.push(…)\n`
      : "";
  return `import { init } from "wgrad";
import { loadDataset } from "wgrad/data";
import { KNeighborsClassifier } from "wgrad/ml";

await init();
const { X, y } = await loadDataset("digits"); // 1,797 digits of 8 × 8 pixels, 0 to 16
const known = [...y.keys()].filter((i) => i % 6 > 0); // every sixth is held out
const rows = known.map((i) => [...X.data.subarray(64 * i, 64 * i + 64)]);
const labels = known.map((i) => y[i]);
${more}const drawn = [
${lines.map((line) => `  ${line},`).join("\n")}
];
const model = await new KNeighborsClassifier({ nNeighbors: ${k}, metric: "${metric}" }).fit(rows, labels);
const { distances, indices } = await model.kneighbors([drawn]);
console.log("says", (await model.predict([drawn]))[0]);
console.log("nearest", [...indices].map((row) => labels[row]), "away", [...distances]);
`;
}
