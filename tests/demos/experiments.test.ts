import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { number, percent } from "../../demos/shared/format.ts";
import { DemoBrowser } from "./browser.ts";

const DESKTOP = { size: { width: 1280, height: 900 }, scheme: "light" } as const;

type Figures = Readonly<Record<string, number>>;
type Pair = Readonly<Record<string, Figures>>;

interface Found<F> {
  readonly figures: F;
  readonly sentence: string;
  readonly answer: string;
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

/** All experiments of a page, as `npm run demo` carries them out. */
async function conduct<T>(path: string): Promise<T> {
  await browser.visit(`${path}&auto=1&experiment=all`, DESKTOP);
  expect(await browser.status("ok", "error")).toBe("ok");
  expect(browser.problems).toEqual([]);
  await browser.shoot(`experiments-${path.split("/")[0]}`);
  return ((await browser.demo()).result as { experiments: T }).experiments;
}

/** The figures that a sentence has to have. */
function says(sentence: string, ...figures: readonly string[]): void {
  for (const figure of figures) expect(sentence).toContain(figure);
}

const rounded = (value = Number.NaN) => number(Number(value.toPrecision(3)));

describe("guided experiments find what they say", () => {
  test("SVM", async () => {
    const found =
      await conduct<Record<"by-heart" | "price" | "straight", Found<Pair>>>("svm/?data=own");
    const heart = found["by-heart"];
    const [calm, wild] = [heart.figures.left, heart.figures.right];
    expect(wild?.training).toBe(1);
    expect(wild?.heldOut).toBeLessThan((calm?.heldOut ?? 0) - 0.1);
    says(
      heart.sentence,
      `γ = 300 is right about ${percent(1)}`,
      percent(wild?.heldOut ?? 0),
      percent(calm?.heldOut ?? 0),
    );
    expect(heart.answer).toBe("Worse");
    const { left: cheap, right: dear } = found.price.figures;
    expect(cheap?.supportVectors).toBeGreaterThan(2 * (dear?.supportVectors ?? 1e9));
    says(
      found.price.sentence,
      `${cheap?.supportVectors} of 120 points`,
      `with C = 500 ${dear?.supportVectors};`,
    );
    expect(found.price.answer).toBe("With the small C");
    const { left: gaussian, right: linear } = found.straight.figures;
    expect(gaussian?.heldOut).toBeGreaterThan(0.95);
    expect(linear?.heldOut).toBeLessThan(0.75);
    says(found.straight.sentence, percent(gaussian?.heldOut ?? 0), percent(linear?.heldOut ?? 0));
  });

  test("the optimiser race", async () => {
    const found = await conduct<{
      evaluations: Found<Pair>;
      saddle: Found<Figures>;
      rate: Found<Figures>;
    }>("optimisers/?surface=saddle&steps=5");
    const { newton, lbfgs } = found.evaluations.figures;
    expect(newton?.steps).toBeLessThan(lbfgs?.steps ?? 0);
    says(
      found.evaluations.sentence,
      `after ${newton?.steps} steps and ${newton?.evaluations} evaluations`,
      `after ${lbfgs?.steps} steps and ${lbfgs?.evaluations}`,
    );
    expect(found.evaluations.answer).toBe(
      (newton?.evaluations ?? 0) < (lbfgs?.evaluations ?? 0) ? "By both" : "By steps alone",
    );
    const { momentum, plain = 1e9 } = found.saddle.figures;
    expect(momentum).toBeLessThan(plain);
    says(found.saddle.sentence, `momentum is at a minimum after ${momentum} steps`);
    expect(found.saddle.answer).toBe("Momentum");
    const { usual = 0, tenfold, start = 0 } = found.rate.figures;
    expect(usual).toBeLessThan(start);
    expect(tenfold ?? Infinity).toBeGreaterThan(start); // JSON has no Infinity
    says(found.rate.sentence, number(start), number(usual));
    expect(found.rate.answer).toBe("The loss grows");
  });

  test("K-Means", async () => {
    const found = await conduct<{
      starts: Found<{
        inertias: Record<"random" | "plusplus", number[]>;
        best: number;
        lost: Figures;
      }>;
      "too-many": Found<Pair>;
      sample: Found<Figures>;
    }>("kmeans/?points=60&sample=2000&colours=4");
    const { inertias, best, lost } = found.starts.figures;
    const above = (values: readonly number[]) =>
      values.filter((value) => value > 1.01 * best).length;
    expect([lost.random, lost.plusplus]).toEqual([
      above(inertias.random),
      above(inertias.plusplus),
    ]);
    expect(lost.random).toBeGreaterThan(lost.plusplus ?? 0);
    says(
      found.starts.sentence,
      `${lost.random} of 20 random starts`,
      rounded(best),
      `of k-means++ ${lost.plusplus} of 20`,
    );
    const { right, many } = found["too-many"].figures;
    expect(many?.inertia).toBeLessThan(right?.inertia ?? 0);
    expect(many?.silhouette).toBeLessThan(right?.silhouette ?? 0);
    says(
      found["too-many"].sentence,
      rounded(right?.inertia),
      rounded(many?.inertia),
      (many?.silhouette ?? 0).toFixed(2),
    );
    expect(found["too-many"].answer).toBe("Inertia gets better, silhouette worse");
    const { few = 0, many: more = 1e9 } = found.sample.figures;
    expect(more).toBeLessThan(1.02 * few);
    says(found.sample.sentence, number(few), number(more));
  });

  test("Kernels", async () => {
    type Sum = Found<Record<"left" | "right" | "truth", number | null>>;
    const found = await conduct<Record<"sum" | "overflow" | "variance", Sum>>(
      "kernels/?only=softmax/softmax",
    );
    const off = ({ figures: { left, right, truth } }: Sum) =>
      [left, right].map((value) => Math.abs(Number(value ?? Infinity) / Number(truth) - 1));
    const [inTurn = 0, inTree = 1] = off(found.sum);
    expect(inTurn).toBeGreaterThan(1e-3);
    expect(inTree).toBeLessThan(1e-6);
    says(found.sum.sentence, number(Math.round(Number(found.sum.figures.left))), "100,000");
    expect(found.sum.answer).toBe("The kernel's tree");
    expect(found.overflow.figures.left).toBe(null); // not a number
    expect(found.overflow.figures.right).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    says(found.overflow.sentence, "no number by the textbook", "0.731");
    expect(found.overflow.answer).toBe("The kernel");
    const [squares = 0, kernel = 1] = off(found.variance);
    expect(squares).toBeGreaterThan(0.1);
    expect(kernel).toBeLessThan(1e-3);
    says(found.variance.sentence, number(Number(found.variance.figures.right)));
    expect(found.variance.answer).toBe("The kernel");
  });

  test("the benchmark", async () => {
    type Told = Record<"left" | "right", { readonly ms: number; readonly dispatches: number }>;
    const found =
      await conduct<Record<"batch" | "side" | "fused", Found<Told>>>("benchmark/?only=nothing");
    const ms = (value: number) => `${number(Number(value.toPrecision(3)))} ms`;
    for (const { figures, sentence } of Object.values(found)) {
      says(sentence, ms(figures.left.ms), ms(figures.right.ms));
      expect(figures.left.dispatches).toBeGreaterThan(0);
    }
    const { left, right } = found.batch.figures;
    expect(right.dispatches).toBeLessThan(2 * left.dispatches);
    says(found.batch.sentence, `16 samples take ${left.dispatches} dispatches`);
    expect(found.fused.figures.left.dispatches).toBe(found.fused.figures.right.dispatches);
    const ratio = found.side.figures.right.ms / found.side.figures.left.ms;
    const nearest = [2, 4, 8].sort(
      (a, b) => Math.abs(Math.log(ratio / a)) - Math.abs(Math.log(ratio / b)),
    );
    expect(found.side.answer).toBe(
      { 2: "Twice", 4: "Four times", 8: "Eight times" }[nearest[0] ?? 0],
    );
  });

  test("the page that classifies pictures", async () => {
    type Told = Record<"left" | "right", { right: number; of: number; sure: number }>;
    const { aside, negative, unknown } = await conduct<
      Record<"aside" | "negative" | "unknown", Found<Told>>
    >("predict/?rounds=1&only=experiments");
    for (const { figures, sentence, answer } of [aside, negative]) {
      const { left, right } = figures;
      expect([left.of, right.of]).toEqual([20, 20]);
      expect(left.right).toBeGreaterThanOrEqual(16);
      says(sentence, `${left.right} of 20 are right`, `${right.right} of 20`, percent(right.sure));
      expect(answer).toBe(
        right.right >= left.right
          ? "As many are right"
          : 2 * right.right > left.right
            ? "Fewer are right"
            : "Not even half as many",
      );
    }
    expect(aside.figures.left).toEqual(negative.figures.left); // the same pictures
    expect(negative.figures.right.right).toBeLessThan(10);
    expect(unknown.figures.right.sure).toBeGreaterThan(0.3); // it always answers
    says(unknown.sentence, percent(unknown.figures.left.sure), percent(unknown.figures.right.sure));
  });

  test("the augmentation page", async () => {
    type Told = Record<"accuracy" | "recall" | "balanced" | "loss", number>;
    const { accuracy, threshold, harder } = await conduct<
      Record<"accuracy" | "threshold" | "harder", Found<Record<"left" | "right", Told>>>
    >("augmentation/?steps=5&only=experiments");
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

  test("the ResNet lab", async () => {
    const found = await conduct<Record<"shortcut" | "small-batch" | "rate", Found<Figures>>>(
      "resnet/?steps=3&every=6&batch=32&width=4&stages=1&glance=20&heldOut=20",
    );
    const { withShortcut = 0, without = 1 } = found.shortcut.figures;
    expect(withShortcut / without).toBeGreaterThan(1e6);
    says(found.shortcut.sentence, number(withShortcut), number(without));
    expect(found.shortcut.answer).toBe("More than 1,000");
    const { batch = 0, group = 0, steps } = found["small-batch"].figures;
    says(found["small-batch"].sentence, `After ${steps} steps`, percent(batch), percent(group));
    expect(found["small-batch"].answer).toBe(
      batch > group + 0.05
        ? "Batch normalisation"
        : group > batch + 0.05
          ? "Group normalisation"
          : "Neither by 5 points",
    );
    const { small = 9, large } = found.rate.figures;
    expect(small).toBeLessThan(2.2);
    expect(large ?? Infinity).toBeGreaterThan(small);
    says(found.rate.sentence, number(small));
  });
});
