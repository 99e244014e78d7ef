// What the search looks through: every section of every guide, every exported name and its members.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { deflateSync } from "node:zlib";
import { IndexEvent, ReflectionKind, RendererEvent } from "typedoc";
import { build } from "vite";

/** @typedef {{ name: string; parent?: string; url: string; kind: "guide" | "name" | "type" | "member"; icon: number; label: string; text: string }} Row */

const entry = resolve(import.meta.dirname, "search.js");
const lib = { entry, name: "documentationSearch", formats: ["iife"] };
const [bundle] = await build({ configFile: false, logLevel: "warn", build: { write: false, lib } });
const { code } = bundle.output[0];
const types = ReflectionKind.Interface | ReflectionKind.TypeAlias;

/** Replaces TypeDoc's index and, by search.js, its search. @param {import("typedoc").Application} app */
export function searchAll(app) {
  /** @type {Row[]} */
  let names = [];
  /** @type {Row[]} */
  const sections = [];
  app.renderer.on(IndexEvent.PREPARE_INDEX, (event) => {
    const { router } = app.renderer;
    names = event.searchResults
      .filter((each) => !each.isDocument())
      .flatMap((each) => rowOf(each, router));
    event.searchResults = []; // TypeDoc's own index stays empty
  });
  app.renderer.on(RendererEvent.END, ({ outputDirectory }) => {
    const file = resolve(outputDirectory, "assets/search.js");
    const texts = deflateSync(JSON.stringify([...sections, ...names]), { level: 9 }).toString(
      "base64",
    );
    writeFileSync(
      file,
      `${readFileSync(file, "utf8")}
window.searchTexts = "${texts}";
const search = () => {
${code}};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", search);
else search();
`,
    );
  });
  return (page) => sections.push(...sectionsOf(page));
}

/** @returns {Row[]} */
function rowOf(reflection, router) {
  if (reflection.inheritedFrom || reflection.flags.isInherited) return [];
  const { name, kind, parent } = reflection;
  const member =
    reflection.parent && !reflection.parent.kindOf(ReflectionKind.Module | ReflectionKind.Project);
  return [
    {
      name,
      ...(parent && !parent.isProject() && { parent: parent.getFullName() }),
      url: router.getFullUrl(reflection),
      kind: member ? "member" : reflection.kindOf(types) ? "type" : "name",
      icon: kind,
      label: ReflectionKind.singularString(kind),
      text: commentsOf(reflection),
    },
  ];
}

/** The docstring of a name, and of what it is called with. */
function commentsOf(reflection) {
  const signatures = [
    ...(reflection.signatures ?? []),
    reflection.getSignature,
    reflection.setSignature,
  ];
  const parts = [reflection, ...signatures].flatMap((each) => {
    const { summary = [], blockTags = [] } = each?.comment ?? {};
    return [...summary, ...blockTags.flatMap(({ content }) => [{ text: "\n" }, ...content])];
  });
  return parts
    .map(({ text }) => text)
    .join("")
    .replace(/[`*\s]+/g, " ")
    .trim();
}

const entities = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};
const textOf = (html) =>
  html
    .replace(/<svg.*?<\/svg>|<button.*?<\/button>/gs, "")
    .replace(/<[^>]*>/g, (tag) => (/^<\/?(?:span|code|a|b|em|strong)\b/.test(tag) ? "" : " "))
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (each) => entities[each])
    .replace(/\s+/g, " ")
    .trim();

/** A guide's sections: what stands before the first heading has the guide's name. @returns {Row[]} */
function sectionsOf({ model, url, contents }) {
  if (!model.isDocument?.()) return [];
  const main = /<main\b.*?>(.*)<\/main>/s.exec(contents)?.[1] ?? "";
  const guide = { kind: "guide", icon: ReflectionKind.Document, label: "Guide" };
  const heading = /<h[2-4] id="([^"]+)" class="tsd-anchor-link"[^>]*>(.*?)<\/h[2-4]>/gs;
  const [first = "", ...rest] = main.split(heading);
  const sections = [
    {
      ...guide,
      name: model.name,
      url,
      text: textOf(first.replace(/<nav.*?<\/nav>|<h1.*?<\/h1>/gs, "")),
    },
  ];
  for (let i = 0; i < rest.length; i += 3) {
    const [id, name, text] = rest.slice(i, i + 3);
    sections.push({
      ...guide,
      name: textOf(name),
      parent: model.name,
      url: `${url}#${id}`,
      text: textOf(text),
    });
  }
  return sections;
}
