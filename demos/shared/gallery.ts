import { make } from "./dom.ts";
import type { DemoMeta } from "./meta.ts";
import { finish, openPage, setProgress } from "./page.ts";

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

await openPage(async (engine) => {
  document.getElementById("cards")?.append(...demos.map(({ folder, meta }) => card(folder, meta)));
  setProgress(demos.length, demos.length, `${demos.length} demos`);
  finish({ demo: "gallery", adapter: engine.gpu.adapter.name, demos: demos.length });
});
