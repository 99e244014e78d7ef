import type { KernelTime } from "wgrad";
import { byId, make } from "../../shared/dom.ts";
import { number } from "../../shared/format.ts";
import { byKernel, familyOf, type KernelTotal } from "../kernels.ts";
import { key } from "./curves.ts";

const SHOWN = 8;

/** A colour for each family of kernels. */
const colours: Readonly<Record<string, string>> = {
  conv2d: "blue",
  norm: "orange",
  elementwise: "green",
  matmul: "sky",
  pool: "yellow",
  loss: "pink",
  optim: "ink",
  reduce: "ghost",
};

const colourOf = (family: string) => colours[family] ?? "muted";

/** Every dispatch of one training step as wide as it was long, and the kernels that took most. */
export class TimelinePanel {
  readonly #host = byId("timeline");
  readonly #software: boolean;

  constructor(software: boolean) {
    this.#software = software;
  }

  show(times: readonly KernelTime[] | undefined): void {
    if (!times) {
      this.#host.replaceChildren(
        hint("This browser or adapter does not time kernels (it lacks timestamp-query)."),
      );
      return;
    }
    const totals = byKernel(times);
    const milliseconds = totals.reduce((sum, total) => sum + total.milliseconds, 0);
    const families = [...new Set(totals.map(({ kernel }) => familyOf(kernel)))];
    this.#host.replaceChildren(
      hint(`${times.length} dispatches, ${number(milliseconds)} ms, first to last:`),
      this.#strip(times),
      make("p", { class: "legend" }, ...families.map((name) => key(colourOf(name), name))),
      table(totals.slice(0, SHOWN), milliseconds),
      hint(
        `Browsers round these times to about 0.1 ms.${this.#software ? " On a CPU they say little about a GPU." : ""}`,
      ),
    );
  }

  #strip(times: readonly KernelTime[]): HTMLElement {
    const parts = times.map(({ kernel, milliseconds }) =>
      make("i", {
        title: `${kernel}: ${number(milliseconds)} ms`,
        style: {
          "--tone": `var(--${colourOf(familyOf(kernel))})`,
          "--share": milliseconds.toFixed(4),
        },
      }),
    );
    const label = "Dispatches of one training step, as wide as they are long";
    return make(
      "div",
      { class: "strip", attributes: { role: "img", "aria-label": label } },
      ...parts,
    );
  }
}

function table(totals: readonly KernelTotal[], milliseconds: number): HTMLElement {
  const rows = totals.map((total) => [
    total.kernel.replace("/", "/\u200b"), // a line may break there
    String(total.calls),
    total.milliseconds.toFixed(2),
    `${Math.round((100 * total.milliseconds) / (milliseconds || 1))} %`,
    total.gflops > 0 ? number(total.gflops) : "–",
  ]);
  return make(
    "table",
    { class: "kernels" },
    row("th", ["kernel", "calls", "ms", "share", "GFLOP/s"]),
    ...rows.map((cells) => row("td", cells)),
  );
}

function row(tag: "td" | "th", cells: readonly string[]): HTMLElement {
  return make("tr", {}, ...cells.map((text) => make(tag, { text })));
}

function hint(text: string): HTMLElement {
  return make("p", { class: "hint", text });
}
