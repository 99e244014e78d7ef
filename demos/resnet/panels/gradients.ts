import { byId } from "../../shared/dom.ts";
import * as words from "../../words/en/resnet/panels.ts";
import type { LayerGradient } from "../gradients.ts";
import { key } from "./curves.ts";
import { GradientDrawing } from "./gradient_drawing.ts";

/** Gradients of a run, with its settings in a few words. */
export interface GradientRun {
  readonly label: string;
  readonly layers: readonly LayerGradient[];
}

/** ‖dW‖ of every layer, drawn over that of the previous run. */
export class GradientsPanel {
  readonly #drawing = new GradientDrawing(byId("gradients"));

  show(run: GradientRun | undefined, before: GradientRun | undefined): void {
    this.#drawing.show([
      ...(before ? [{ layers: before.layers, colour: "ghost", ghost: true }] : []),
      ...(run ? [{ layers: run.layers, colour: "blue" }] : []),
    ]);
    byId("gradients-legend").replaceChildren(
      ...(run ? [key("blue", run.label)] : []),
      ...(before ? [key("ghost", words.before(before.label))] : []),
    );
  }
}
