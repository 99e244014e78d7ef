/** The page with the kernels of a project: `showKernels` of wgrad/testing. */
import type { NamedKernel } from "wgrad/testing";
import { showAdapter } from "../shared/adapter.ts";
import { make } from "../shared/dom.ts";
import { replacePage, showFailure } from "../shared/help.ts";
import parts from "../shared/parts.css?inline";
import { startEngine } from "../shared/start_again.ts";
import { setStatus } from "../shared/state.ts";
import theme from "../shared/theme.css?inline";
import * as html from "../words/en/kernels/html.ts";
import * as words from "../words/en/kernels/page.ts";
import { browse } from "./browse.ts";
import { kernelEntries } from "./entries.ts";
import page from "./index.html?raw";
import { nodesOf } from "./markup.ts";
import { ownProgram } from "./program.ts";
import style from "./style.css?inline";

/** The family of kernels whose name has none before a slash. */
const familyOf = (name: string) => name.split("/").slice(0, -1).join("/") || words.yourKernels;

/** Shows kernels by name in place of what the page has. Rejects for no reason: what fails stands on the page. */
export async function showOwn(
  modules: Readonly<Record<string, NamedKernel["module"]>>,
  title: string,
): Promise<void> {
  addStyles();
  document.body.replaceChildren(skeleton(title));
  document.title = title;
  setStatus("loading");
  try {
    const engine = await startEngine(replacePage);
    showAdapter(engine.gpu.adapter);
    const kernels = Object.entries(modules).map(([name, module]) => ({
      ...{ name, module, family: familyOf(name) },
    }));
    const entries = kernelEntries(engine.gpu.device, kernels, "");
    await browse(engine, { entries, program: ownProgram });
  } catch (error) {
    showFailure(error);
  }
}

/** The page's own HTML with another masthead and without the experiments, which are about kernels of the library. */
function skeleton(title: string): DocumentFragment {
  const texts: Readonly<Record<string, string>> = { ...html };
  const [main = ""] = /<main.*<\/main>/s.exec(page) ?? [];
  const filled = main.replace(/\{\{(\w+)\}\}/g, (_, name: string) => texts[name] ?? "");
  const nodes = nodesOf(filled);
  nodes.querySelector("#experiments")?.remove();
  nodes.querySelector("#search")?.setAttribute("placeholder", words.partOfName);
  const text = make("p", { text: words.kernelsOfThisProject });
  nodes
    .querySelector(".masthead")
    ?.replaceChildren(
      make("div", {}, make("h1", { text: title }), text),
      make("div", { class: "where" }, make("p", { class: "badge" })),
    );
  return nodes;
}

/** Style sheets of the document: a policy may forbid style elements. */
function addStyles(): void {
  for (const text of [theme, parts, style]) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }
}
