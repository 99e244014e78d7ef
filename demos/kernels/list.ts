import { byId, make } from "../shared/dom.ts";
import * as words from "../words/en/kernels/page.ts";
import { type Entry, matching } from "./entries.ts";

/** Counts of an entry's cases by result. */
export type Mark = "none" | "some" | "passed" | "failed";

const marks: Readonly<Record<Mark, readonly [sign: string, spoken: string]>> = {
  none: ["·", words.notRun],
  some: ["…", words.someCasesPassed],
  passed: ["✓", words.allCasesPassed],
  failed: ["✗", words.failedMark],
};

/** The searchable list of kernels and operations, by family. */
export class List {
  readonly #entries: readonly Entry[];
  readonly #links = new Map<string, HTMLAnchorElement>();
  readonly #search = byId("search") as HTMLInputElement;
  readonly #host = byId("list");

  /** `searched` is called whenever the list changes. */
  constructor(entries: readonly Entry[], search: string, searched: (text: string) => void) {
    this.#entries = entries;
    this.#search.value = search;
    this.#search.addEventListener("input", () => {
      this.#draw();
      searched(this.#search.value.trim());
    });
    for (const entry of entries) this.#links.set(entry.id, link(entry));
    this.#draw();
  }

  /** True if the search hides some entries. */
  get filtered(): boolean {
    return this.#search.value.trim() !== "";
  }

  get shown(): Entry[] {
    return matching(this.#entries, this.#search.value);
  }

  mark({ id }: Entry, mark: Mark): void {
    const node = this.#links.get(id)?.querySelector("i");
    if (!node) return;
    const [sign, spoken] = marks[mark];
    node.className = mark;
    node.textContent = sign;
    node.setAttribute("aria-label", spoken);
  }

  select(id: string): void {
    for (const [name, node] of this.#links) {
      if (name === id) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
    const node = this.#links.get(id);
    // scrolls the list only
    if (node) this.#host.scrollTop = node.offsetTop - this.#host.clientHeight / 2;
  }

  #draw(): void {
    const families = new Map<string, HTMLElement>();
    for (const { id, family } of this.shown) {
      const group = families.get(family) ?? make("section", {}, make("h2", { text: family }));
      group.append(this.#links.get(id) as HTMLAnchorElement);
      families.set(family, group);
    }
    this.#host.replaceChildren(
      ...(families.size
        ? families.values()
        : [make("p", { class: "hint", text: words.nothingHasThatName })]),
    );
  }
}

function link({ id, title, checks }: Entry): HTMLAnchorElement {
  const [sign, spoken] = marks.none;
  return make(
    "a",
    { attributes: { href: `#${id}` } },
    make("i", { class: "none", text: sign, attributes: { role: "img", "aria-label": spoken } }),
    make("span", { text: title.split("/").at(-1) ?? title }),
    make("small", { text: String(checks.length), title: words.casesOfKernel(checks.length) }),
  );
}
