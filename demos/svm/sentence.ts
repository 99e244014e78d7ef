import type { Learned } from "./fit.ts";
import type { Scene } from "./scene.ts";
import type { Settings } from "./settings.ts";

/** What is seen, in words. */
export function sentence(
  scene: Scene | undefined,
  learned: Learned | undefined,
  { task }: Settings,
): string {
  if (!learned) {
    return task === "regress"
      ? "Click on the plane: two points make a curve."
      : "Click on the plane: points of two classes make a border.";
  }
  const held = task === "regress" ? "the curve" : "the border";
  const ended = learned.converged
    ? ""
    : " Stopped before the optimum: lower C, or take another kernel.";
  return `${scene?.samples.length} points, ${learned.support.size} of which hold up ${held}.${ended}`;
}
