import { byId } from "../shared/dom.ts";
import * as words from "../words/en/digits/page.ts";
import { MOST_OWN, type Pixels, readOwn, writeOwn } from "./own.ts";
import type { Settings } from "./settings.ts";
import { tile } from "./tile.ts";

/** The digits that a visitor has added. */
export class Mine {
  readonly #settings: Settings;
  readonly #changed: () => void;
  readonly #label = byId("label") as HTMLSelectElement;

  /** `drawn` is the digit that the button would add; undefined if nothing is drawn. */
  constructor(settings: Settings, drawn: () => Pixels | undefined, changed: () => void) {
    this.#settings = settings;
    this.#changed = changed;
    byId("add").addEventListener("click", () => {
      const pixels = drawn();
      const own = readOwn(settings.own);
      if (!pixels) this.#say(words.drawDigitFirst);
      else if (own.length === MOST_OWN) this.#say(words.digitsAreAsManyAs(MOST_OWN));
      else this.#set([...own, { pixels, label: Number(this.#label.value) }]);
    });
    byId("forget").addEventListener("click", () => this.#set([]));
    this.#show();
  }

  #set(own: readonly { readonly pixels: Pixels; readonly label: number }[]): void {
    this.#settings.own = writeOwn(own);
    this.#show();
    this.#changed();
  }

  #show(): void {
    const own = readOwn(this.#settings.own);
    byId("own").replaceChildren(
      ...own.map(({ pixels, label }, i) =>
        tile(pixels, String(label), words.yourDigit(i + 1, label)),
      ),
    );
    this.#say(own.length === 0 ? words.noneYet : words.ofYoursTheyCountAs(own.length));
  }

  #say(text: string): void {
    byId("own-message").textContent = text;
  }
}
