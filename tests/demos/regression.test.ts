import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../demos/shared/experiments.ts";
import { DemoBrowser } from "./browser.ts";
import { DESKTOP, doesItsWork, PHONE, resultOf, resultWhere } from "./works.ts";

type Pair = readonly [number, number];

interface Border {
  readonly w: Pair;
  readonly b: number;
  readonly mistakes: number;
}

interface Result {
  readonly polynomial: {
    readonly degree: number;
    readonly penalty: string;
    readonly train: readonly Pair[];
    readonly coef: readonly number[];
    readonly error: number;
    readonly heldError: number;
    readonly errors: readonly number[];
    readonly heldErrors: readonly number[];
    readonly sentence: string;
  };
  readonly solvers: {
    readonly exact: { readonly slope: number; readonly loss: number };
    readonly descent: readonly number[];
    readonly newton: readonly number[];
    readonly condition: number;
    readonly sentence: string;
  };
  readonly experiments: Readonly<Record<string, Finding>>;
  readonly borders: {
    readonly far: Pair;
    readonly away: number;
    readonly penalised: boolean;
    readonly borders: Readonly<Record<"linear" | "logistic" | "svm", Border>>;
    readonly gradient: { readonly losses: number; readonly whole: number };
    readonly sentence: string;
  };
}

let browser: DemoBrowser;
beforeAll(async () => {
  browser = await DemoBrowser.open();
});
afterAll(() => browser.close());

const result = () => resultOf<Result>(browser);

/** Waits until the result satisfies a condition; returns it. */
const until = (wanted: (result: Result) => boolean) => resultWhere(browser, wanted);

/** Root mean square error of the least-squares line, in closed form. */
function lineError(points: readonly Pair[]): number {
  const mean = (of: (point: Pair) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const slope = mean(([x, y]) => (x - mx) * (y - my)) / mean(([x]) => (x - mx) ** 2);
  return Math.sqrt(mean(([x, y]) => (y - my - slope * (x - mx)) ** 2));
}

/** Angle between two decision boundaries, in degrees. */
const between = ({ w: [a, b] }: Border, { w: [c, d] }: Border) =>
  (180 / Math.PI) *
  Math.acos(Math.min(1, Math.abs(a * c + b * d) / Math.hypot(a, b) / Math.hypot(c, d)));

/** The page after all its fits and experiments. */
let worked: Promise<Result> | undefined;
const open = () => {
  worked ??= doesItsWork<Result>(browser, "regression", { degree: 12 });
  return worked;
};

describe("the regression page", () => {
  test("agrees with closed forms; a higher degree has a smaller error on training points and a larger one on others", async () => {
    const { polynomial, solvers, borders } = await open();
    const { errors, heldErrors, train } = polynomial;
    expect(errors[0]).toBeCloseTo(lineError(train), 5);
    for (const [i, error] of errors.entries())
      if (i > 0) expect(error).toBeLessThan(Number(errors[i - 1]) + 1e-4);
    expect(polynomial.error).toBe(errors[11]);
    const best = heldErrors.indexOf(Math.min(...heldErrors));
    expect(Number(heldErrors[11])).toBeGreaterThan(1.2 * Number(heldErrors[best]));
    expect(polynomial.sentence).toContain(`The best degree for held-out points is ${best + 1},`);
    const { exact, newton, descent, condition } = solvers;
    expect(newton[0]).toBeCloseTo(Number(descent[0]), 5);
    expect(Number(newton[1]) - exact.loss).toBeLessThan(1e-5);
    for (const [i, loss] of descent.entries())
      if (i > 0) expect(loss).toBeLessThan(Number(descent[i - 1]) + 1e-6);
    expect(condition).toBeGreaterThan(10);
    expect(solvers.sentence).toMatch(/^One Newton step gets to within 0\.000001/);
    expect(borders.gradient.whole).toBeLessThan(1e-2 * borders.gradient.losses);
    // for C · Σ log-losses + ½‖w‖²: at the optimum the gradient of the losses equals the size of the weights
    expect(borders.gradient.losses).toBeCloseTo(Math.hypot(...borders.borders.logistic.w), 2);
    expect(borders.sentence).toContain("Linear regression");
  });

  test("its experiments say what their figures say", async () => {
    const { "by-heart": heart, penalty, far } = (await open()).experiments;
    type Errors = Record<"left" | "right", { readonly own: number; readonly held: number }>;
    const [h, p] = [heart?.figures as Errors, penalty?.figures as Errors];
    expect(h.right.own).toBeLessThan(h.left.own);
    expect(h.right.held).toBeGreaterThan(1.1 * h.left.held);
    expect(heart?.answer).toBe("Worse");
    expect(p.left).toEqual(h.right); // the same polynomial
    expect(p.right.held).toBeLessThan(0.9 * p.left.held);
    expect(penalty?.answer).toBe("Better");
    const turned = far?.figures as Record<"linear" | "logistic" | "svm", number>;
    expect(turned.linear).toBeGreaterThan(turned.logistic + 2);
    expect(far?.answer).toBe("Linear regression's");
    expect(far?.sentence).toContain("Linear regression's border turned by");
  });

  test("by keyboard and finger: a drawn point, a penalty, a far point; a reload restores them; reports invalid parameters of the address", async () => {
    await browser.visit("regression/", DESKTOP);
    const first = await result();
    await browser.clickAt("#points-board canvas", 0.5, 0.2);
    const { polynomial } = await until(
      ({ polynomial }) => polynomial.train.length > first.polynomial.train.length,
    );
    expect(polynomial.train.at(-1)?.[1]).toBeGreaterThan(1);
    await browser.evaluate(() =>
      document.querySelector<HTMLElement>("#points-board canvas")?.focus(),
    );
    await browser.press("ArrowDown", "ArrowDown", "Enter");
    const byKey = await until(
      ({ polynomial: { train } }) => train.length === first.polynomial.train.length + 2,
    );
    expect(byKey.polynomial.train.at(-1)?.[0]).toBeCloseTo(0, 2);
    expect(byKey.polynomial.train.at(-1)?.[1]).toBeLessThan(0);
    await browser.click("#undo");
    await until(({ polynomial: { train } }) => train.length === first.polynomial.train.length + 1);
    await browser.choose("#penalty", "lasso");
    await browser.slide("#alpha", -1);
    const lasso = await until(
      ({ polynomial }) => polynomial.penalty === "lasso" && polynomial.coef.includes(0),
    );
    expect(lasso.polynomial.error).toBeGreaterThan(polynomial.error);
    expect(await browser.evaluate(() => document.getElementById("path-chart")?.ariaLabel)).toMatch(
      /\d+ of 12 are not 0 at the smallest weight, 0 at the largest/,
    );
    await browser.evaluate(() => document.getElementById("far")?.focus());
    await browser.press("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight");
    const near = first.borders.borders;
    await until(({ borders }) => borders.far[1] > 0.7);
    await movesOneByOne();
    const query = () =>
      browser.evaluate(() => {
        const given = new URLSearchParams(location.search);
        given.sort();
        return `${given}`;
      });
    await expect.poll(query).toMatch(/^alpha=-1&drawn=0%2C1\.\d+&far.*penalty=lasso/);
    await browser.visit("regression/?farX=8&farY=5&drawn=5,5&rate=0.5&shift=3", PHONE);
    const { borders, solvers, polynomial: near390 } = await result();
    await browser.tap("#points-board canvas");
    await until(({ polynomial: { train } }) => train.length === near390.train.length + 1);
    await browser.click("#undo");
    expect(solvers.sentence).toContain("diverges");
    expect(await browser.text("#address-note")).toContain("expected points x,y");
    expect(await browser.tooWideFor(390, 720)).toEqual([]);
    const far = borders.borders;
    expect(between(far.linear, near.linear)).toBeGreaterThan(
      3 * between(far.logistic, near.logistic),
    );
    await browser.visit("regression/?degree=2&drawn=0,1.2&penalty=ridge&alpha=-1&C=-2", DESKTOP);
    const again = await result();
    expect(again.polynomial.train.at(-1)).toEqual([0, 1.2]);
    expect(Math.hypot(...again.borders.borders.logistic.w)).toBeLessThan(
      Math.hypot(...near.logistic.w),
    );
    expect([await browser.value("#degree"), await browser.value("#penalty")]).toEqual([
      "2",
      "ridge",
    ]);
    await browser.click("#undo");
    await until(({ polynomial }) => polynomial.train.length === first.polynomial.train.length);
  });
});

/** Points are moved far away one by one: only linear regression's border goes after them. Then without a penalty. */
async function movesOneByOne(): Promise<void> {
  const shift = ({ w: [a, b], b: c }: Border) => -c / Math.hypot(a, b);
  const before = (await result()).borders.borders;
  let linear = shift(before.linear);
  for (const count of [5, 10]) {
    await browser.slide("#away", count);
    const { borders } = await until(({ borders }) => borders.away === count);
    expect(shift(borders.borders.linear)).toBeGreaterThan(linear + 0.2);
    linear = shift(borders.borders.linear);
    for (const name of ["logistic", "svm"] as const)
      expect(Math.abs(shift(borders.borders[name]) - shift(before[name])), name).toBeLessThan(0.5);
  }
  await browser.slide("#away", 0);
  const { borders } = await until(({ borders }) => borders.away === 0);
  expect(borders.gradient.losses).toBeGreaterThan(0.5);
  await browser.click("#penalised");
  const bare = await until(({ borders }) => !borders.penalised);
  expect(bare.borders.gradient.losses).toBeLessThan(0.1 * borders.gradient.losses);
  expect(bare.borders.sentence).toContain("Without a penalty");
  await browser.click("#penalised");
  await until(({ borders }) => borders.penalised);
}
