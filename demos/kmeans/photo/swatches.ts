import { make } from "../../shared/dom.ts";
import { percent } from "../../shared/format.ts";
import type { Quantised } from "./quantise.ts";

/** The palette: a bar divided by the shares, and every colour with its share and hexadecimal code. */
export function swatches({ palette, shares }: Quantised): HTMLElement[] {
  const names = shares.map((_, i) => hex(palette.subarray(3 * i, 3 * i + 3)));
  const bar = make("div", { class: "bar", attributes: { "aria-hidden": "true" } });
  names.forEach((name, i) => {
    const style = { background: name, "flex-grow": String(shares[i]) };
    bar.append(make("span", { style }));
  });
  const list = make("ol", { class: "swatches" });
  names.forEach((name, i) => {
    const share = percent(Number(shares[i]));
    list.append(
      make(
        "li",
        {},
        make("span", { class: "swatch", style: { background: name } }),
        make("span", { text: share }),
        make("code", { text: name }),
      ),
    );
  });
  return [bar, list];
}

function hex(colour: Float32Array): string {
  const digits = Array.from(colour, (value) =>
    Math.round(Math.min(Math.max(value, 0), 255))
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${digits.join("")}`;
}
