import { make } from "./dom.ts";

/** A name after the colour of its line; `tint` is the name of a colour in theme.css. */
export function key(text: string, tint: string): HTMLElement {
  return make("span", { class: "key", text, style: { "--key": `var(--${tint})` } });
}

/** Names and colours of lines, below a chart's title. */
export function addLegend(
  host: HTMLElement,
  lines: readonly { readonly label: string; readonly colour: string; readonly silent?: boolean }[],
): void {
  host.classList.add("legend");
  host.append(
    ...lines.filter(({ silent }) => !silent).map(({ label, colour }) => key(label, colour)),
  );
}
