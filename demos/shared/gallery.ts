import { init } from "wgrad";
import { showAdapter } from "./adapter.ts";
import { byId, make } from "./dom.ts";
import type { DemoMeta } from "./meta.ts";
import { finish, helpBeside, setProgress } from "./page.ts";

const metas = import.meta.glob<DemoMeta>(["../*/meta.ts", "!../shared/*"], {
  eager: true,
  import: "meta",
});

const demos = Object.entries(metas)
  .map(([path, meta]) => ({ folder: path.split("/").at(-2) ?? "", meta }))
  .sort((a, b) => a.meta.order - b.meta.order);

function card(folder: string, { title, summary, picture }: DemoMeta): HTMLElement {
  const attributes = { src: picture.url, alt: picture.alt, loading: "lazy" };
  const text = make("div", {}, make("h2", { text: title }), make("p", { text: summary }));
  const link = make("a", { class: "card", attributes: { href: `./${folder}/` } });
  link.append(make("img", { attributes }), text);
  return make("li", {}, link);
}

byId("cards").append(...demos.map(({ folder, meta }) => card(folder, meta)));
setProgress(demos.length, demos.length, `${demos.length} demos`);
let adapter: string | undefined;
try {
  const { gpu } = await init();
  showAdapter(gpu.adapter);
  adapter = gpu.adapter.name;
} catch (error) {
  // the cards need no GPU: they stay
  byId("cards").before(helpBeside(error));
  document.querySelector(".badge")?.replaceChildren("No GPU found");
}
finish({ demo: "gallery", demos: demos.length, ...(adapter && { adapter }) });
