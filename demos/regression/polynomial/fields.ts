import { byId } from "../../shared/dom.ts";
import { choice, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import * as words from "../../words/en/regression/polynomial.ts";
import { MOST_DEGREE, type Settings } from "../settings.ts";
import { penalties } from "./fit.ts";

/** Controls for degree and penalty; `changed` is called with the new settings. */
export function addFields(settings: Settings, changed: () => void) {
  const slider = (
    id: "degree" | "alpha" | "l1Ratio",
    label: string,
    [min, max, step]: readonly [number, number, number],
    text: (position: number) => string = number,
  ) =>
    new Slider({
      ...{ id, label, min, max, step, value: settings[id], text },
      changed: (value) => {
        settings[id] = value;
        changed();
      },
    });
  const degree = slider("degree", words.degreeLabel, [1, MOST_DEGREE, 1]);
  const alpha = slider("alpha", words.weightOfPenaltyAlpha, [-6, 1, 0.25], (v) => number(10 ** v));
  const l1Ratio = slider("l1Ratio", words.shareOfW, [0.05, 1, 0.05]);
  const refresh = () => {
    alpha.disabled = settings.penalty === "none";
    l1Ratio.disabled = settings.penalty !== "elastic";
  };
  const penalty = choice({
    ...{ id: "penalty", label: words.penalty, options: penalties, value: settings.penalty },
    changed: (value) => {
      settings.penalty = value;
      refresh();
      changed();
    },
  });
  refresh();
  byId("point-fields").append(degree.element, penalty, alpha.element, l1Ratio.element);
  return { degree, alpha };
}
