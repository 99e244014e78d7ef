import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { number, percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";
import { type Found, says } from "./findings.ts";
import { doesItsWork } from "./works.ts";

interface Scores {
  readonly balancedAccuracy: number;
  readonly averagePrecision: number;
}

interface Result {
  readonly plane: Scores & {
    readonly made: number;
    readonly counts: Readonly<Record<"tn" | "fp" | "fn" | "tp", number>>;
  };
  readonly training?: {
    readonly sameBitsAgain: boolean;
    readonly accuracy: Readonly<Record<string, { readonly seeds: readonly number[] }>>;
  };
  readonly rare?: Readonly<Record<string, { readonly seeds: readonly Scores[] }>>;
  readonly experiments: Readonly<
    Record<"accuracy" | "threshold" | "harder", Found<Record<"left" | "right", Told>>>
  >;
}

type Told = Record<"accuracy" | "recall" | "balanced" | "loss", number>;

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** The page after its training and experiments. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "augmentation", {
    ...{ only: "", pictures: 50, epochs: 2, seeds: 2, heldOut: 50, steps: 20 },
    recipes: "plain,mixup",
    part: 0.5,
  });
  return worked;
};

describe("the augmentation page", () => {
  test("its experiments say what their figures say", async () => {
    const { accuracy, threshold, harder } = (await open()).experiments;
    const [plain, weighted] = [accuracy.figures.left, accuracy.figures.right];
    expect(weighted.recall).toBeGreaterThan(plain.recall);
    expect(weighted.accuracy).toBeLessThan(plain.accuracy);
    says(accuracy.sentence, percent(plain.accuracy), percent(weighted.recall));
    expect(accuracy.answer).toBe("As they are");
    const [smote, moved] = [threshold.figures.left, threshold.figures.right];
    expect(Math.min(smote.balanced, moved.balanced)).toBeGreaterThan(0.7);
    says(threshold.sentence, percent(smote.balanced), percent(moved.balanced));
    const more = moved.balanced - smote.balanced;
    expect(threshold.answer).toBe(
      more > 0.01 ? "The threshold" : more < -0.01 ? "SMOTE" : "Both alike, within a point",
    );
    expect(harder.figures.right.loss).toBeGreaterThan(harder.figures.left.loss);
    says(harder.sentence, number(harder.figures.left.loss), percent(harder.figures.right.accuracy));
    expect(harder.answer).toBe("As they are");
  });

  test("trains by recipe to the same bits again, and measures every method for a rare class", async () => {
    const { training, rare, plane } = await open();
    expect(training?.sameBitsAgain).toBe(true);
    expect(Object.keys(training?.accuracy ?? {})).toEqual(["plain", "mixup"]);
    for (const { seeds } of Object.values(training?.accuracy ?? {})) {
      expect(seeds.length).toBe(2);
      expect(Math.min(...seeds)).toBeGreaterThanOrEqual(0.1);
    }
    expect(Object.keys(rare ?? {})).toEqual([
      ...["plain", "weighted", "focal", "under", "over", "smote"],
    ]);
    for (const { seeds } of Object.values(rare ?? {})) {
      expect(seeds.length).toBe(2);
      for (const { balancedAccuracy, averagePrecision } of seeds) {
        expect(balancedAccuracy).toBeGreaterThan(0.5);
        expect(averagePrecision).toBeGreaterThan(1 / 50);
      }
    }
    const { tn, fp, fn, tp } = plane.counts;
    expect([tn + fp, fn + tp]).toEqual([5000, 100]);
    expect(await browser.text("#training-rows")).toMatch(/As they are.*%.*MixUp.*%/);
    expect(await browser.text("#value-left")).toBe("0 s");
  });

  test("names all that can be pressed", async () => {
    await open();
    expect(await browser.tooWideFor(1440)).toEqual([]);
    const nameless = await browser.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, select, canvas, [role=img]")]
        .filter((node) => {
          const labels = node instanceof HTMLInputElement || node instanceof HTMLSelectElement;
          const label = labels ? (node.labels?.[0]?.textContent ?? "") : "";
          const around = node.closest("button, figure, .u-wrap")?.textContent ?? "";
          const named = node.closest("[aria-label]");
          return !(named || label.trim() || node.textContent?.trim() || around.trim());
        })
        .map((node) => node.outerHTML),
    );
    expect(nameless).toEqual([]);
  });
});
