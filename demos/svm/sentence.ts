import * as words from "../words/en/svm/page.ts";
import type { Learned } from "./fit.ts";
import type { Scene } from "./scene.ts";
import type { Settings } from "./settings.ts";

/** The result in a sentence. */
export function sentence(
  scene: Scene | undefined,
  learned: Learned | undefined,
  { task }: Settings,
): string {
  if (!learned) {
    return task === "regress" ? words.clickOnPlaneTwoPoints : words.clickOnPlanePointsOf;
  }
  const { support, converged } = learned;
  return words.pointsHoldUp(scene?.samples.length, support.size, task === "regress", converged);
}
