import { init } from "wgrad";
import * as words from "../words/en/shared/page.ts";
import { showAdapter } from "./adapter.ts";
import { byId, make } from "./dom.ts";
import { helpBeside } from "./help.ts";
import { labs } from "./labs.ts";
import type { DemoMeta } from "./meta.ts";
import { keepForOffline } from "./offline.ts";
import { finish, setProgress } from "./state.ts";

function card(folder: string, { title, summary, picture }: DemoMeta): HTMLElement {
  const attributes = { src: picture.url, alt: picture.alt, loading: "lazy" };
  const text = make("div", {}, make("h2", { text: title }), make("p", { text: summary }));
  const link = make("a", { class: "card", attributes: { href: `./${folder}/` } });
  link.append(make("img", { attributes }), text);
  return make("li", {}, link);
}

void keepForOffline();
byId("cards").append(...labs.map(({ folder, meta }) => card(folder, meta)));
setProgress(labs.length, labs.length, words.demos(labs.length));
let adapter: string | undefined;
try {
  const { gpu } = await init();
  showAdapter(gpu.adapter);
  adapter = gpu.adapter.name;
} catch (error) {
  // the cards need no GPU: they remain
  byId("cards").before(helpBeside(error));
  document.querySelector(".badge")?.replaceChildren(words.noGpuFound);
}
finish({ demo: "gallery", demos: labs.length, ...(adapter && { adapter }) });
