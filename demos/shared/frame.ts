import * as words from "../words/en/shared/page.ts";
import { make } from "./dom.ts";
import { labs } from "./labs.ts";

/** Puts links to the previous and the next lab, and to the documentation, at the bottom of the page. */
export function addNeighbours(): void {
  const main = document.querySelector("main");
  const here = labs.findIndex(({ folder }) => location.pathname.split("/").includes(folder));
  if (!main || here < 0) return;
  const link = (at: number, rel: "prev" | "next") => {
    const lab = labs[at];
    if (!lab) return make("span");
    const text = rel === "prev" ? `← ${lab.meta.title}` : `${lab.meta.title} →`;
    return make("a", { text, attributes: { href: `../${lab.folder}/`, rel } });
  };
  const home = make("a", { text: words.allDemos, attributes: { href: "../" } });
  const docs = make("a", { text: words.documentation, attributes: { href: "../docs/" } });
  const attributes = { "aria-label": words.otherLabs };
  main.append(
    make(
      "nav",
      { class: "neighbours", attributes },
      link(here - 1, "prev"),
      make("span", {}, home, " · ", docs),
      link(here + 1, "next"),
    ),
  );
}
