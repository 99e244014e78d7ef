// What TypeDoc does not do by itself: titles of guides, docstrings of kernels, addresses, and the policy of the pages.
import { createHash } from "node:crypto";
import { Context, Converter, PageEvent, ReflectionKind, TypeScript } from "typedoc";
import { docsPolicy } from "../../scripts/policy.mjs";
import { accessible } from "./accessible.mjs";
import { searchAll } from "./search.mjs";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, nameByHeading);
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, documentKernel);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, hideSignatures);
  app.converter.on(Converter.EVENT_RESOLVE_END, nameHome);
  const remember = searchAll(app);
  app.renderer.on(PageEvent.END, (page) => {
    finish(page);
    remember(page);
  });
}

/** What `checked()` made is a function with a signature of its own, which TypeDoc would take for a variable. */
const commentOf = Context.prototype.getComment;
Context.prototype.getComment = function (symbol, kind) {
  const comment = commentOf.call(this, symbol, kind);
  const declaration = symbol.valueDeclaration;
  if (kind === ReflectionKind.Variable && declaration && comment) {
    const type = this.checker.getTypeOfSymbolAtLocation(symbol, declaration);
    if (type.getCallSignatures().length && type.getProperty("signature")) {
      comment.modifierTags.add("@function");
    }
  }
  return comment;
};

/** A guide is called what its heading says; the page shows it as its title, once. */
function nameByHeading(_context, document) {
  const [first] = document.content;
  const heading = /^# (.+)\n/.exec(first?.text ?? "");
  if (!heading) throw new Error(`docs: expected ${document.name} to begin with a heading`);
  document.name = heading[1];
  first.text = first.text.slice(heading[0].length);
}

/** The first page has the library's name as its title; a second heading of that rank confuses screen readers. */
function nameHome({ project }) {
  const [first] = project.readme ?? [];
  if (!first?.text.startsWith("# "))
    throw new Error("docs: expected docs/README.md to begin with a heading");
  first.text = first.text.slice(first.text.indexOf("\n") + 1);
}

/** A kernel is exported as `Declared<typeof own>`; its text is where `own` is made from its plan. */
function documentKernel(context, reflection) {
  if (reflection.kind !== ReflectionKind.Variable || reflection.hasComment()) return;
  const declaration = context.getSymbolFromReflection(reflection)?.valueDeclaration;
  const type = declaration && TypeScript.isVariableDeclaration(declaration) && declaration.type;
  if (!type || !TypeScript.isTypeReferenceNode(type)) return;
  const [own] = type.typeArguments ?? [];
  if (!own || !TypeScript.isTypeQueryNode(own)) return;
  let symbol = context.checker.getSymbolAtLocation(own.exprName);
  if (symbol && symbol.flags & TypeScript.SymbolFlags.Alias) {
    symbol = context.checker.getAliasedSymbol(symbol);
  }
  const comment = symbol && context.getComment(symbol, ReflectionKind.Variable);
  if (comment) reflection.comment = comment;
}

/** The declared kinds of arguments, of functions and constructors, are for checks at run time. */
function hideSignatures({ project }) {
  const hidden = project
    .getReflectionsByKind(ReflectionKind.Property)
    .filter(({ name, parent }) => name === "signature" && parent?.kindOf(declared));
  for (const reflection of hidden) project.removeReflection(reflection);
}
const declared = ReflectionKind.Function | ReflectionKind.Class;

/** Links to the demo pages, what screen readers need, and a Content-Security-Policy that knows the page's one inline script. */
function finish(page) {
  if (!page.url.endsWith(".html") || !page.contents) return;
  const scripts = [...page.contents.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text);
  const hashes = scripts.map((text) => createHash("sha256").update(text).digest("base64"));
  const meta = `<meta http-equiv="Content-Security-Policy" content="${docsPolicy(hashes)}"/>`;
  const up = "../".repeat(page.url.split("/").length);
  page.contents = accessible(page.contents)
    .replace('<meta charset="utf-8"/>', `$&${meta}<link rel="icon" href="data:,"/>`)
    .replaceAll('href="site:', `href="${up}`);
}
