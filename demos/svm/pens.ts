import { byId, make } from "../shared/dom.ts";
import * as words from "../words/en/svm/page.ts";
import { looks } from "./looks.ts";

/** Mode that removes points instead of adding them. */
export const ERASE = -1;

/** Buttons that choose what a tap on the plane does. */
export class Pens {
  /** The class of the next point, or `ERASE`. */
  pen = 0;

  /** A button for each class, and one that erases. */
  show(names: readonly string[]): void {
    if (this.pen >= names.length) this.pen = 0;
    const pens = [...names.map((name, i) => ({ name, pen: i })), { name: words.erase, pen: ERASE }];
    byId("pens").replaceChildren(
      ...pens.map(({ name, pen }) => {
        const attributes = {
          type: "button",
          "data-pen": String(pen),
          "aria-pressed": String(pen === this.pen),
        };
        const button = make("button", { text: name, attributes });
        const look = looks[pen];
        if (look) {
          const style = { "--mark": `var(--${look.colour})` };
          button.prepend(make("span", { class: `mark ${look.shape}`, style }));
        }
        button.addEventListener("click", () => {
          this.pen = pen;
          this.show(names);
        });
        return button;
      }),
    );
  }
}
