import type { Prediction } from "wgrad/data";
import { make } from "../shared/dom.ts";
import { percent } from "../shared/format.ts";

/** Rows for the most probable classes, each with a bar as long as its probability. */
export function bars(found: readonly Prediction[]): HTMLElement[] {
  return found.map(({ label, probability }) =>
    make(
      "li",
      {},
      make("span", { class: "label", text: label, title: label }),
      make("span", { class: "share", text: percent(probability) }),
      make("span", {
        class: "bar",
        style: { "--share": percent(probability, 3).replace(" ", "") },
      }),
    ),
  );
}
