// The search of the documentation, by MiniSearch, in place of TypeDoc's, which takes a page for found when it has any of the
// words, and knows guides only as a whole. Sections of guides are results of their own, and names are found in the spelling of
// other libraries: state_dict is stateDict. search.mjs bundles this, and puts `searchTexts`, what is searched, before it.
import MiniSearch from "minisearch";
import { stemmer } from "stemmer";

const SHOWN = 10;
const field = document.getElementById("tsd-search-input");
const list = document.getElementById("tsd-search-results");
const status = document.getElementById("tsd-search-status");
const base = `${document.documentElement.dataset.base.replace(/\/$/, "")}/`;
const common = new Set(
  "a an and are as at be by can do does for from how i in is it me my not of on or the there this to what when where which why with".split(
    " ",
  ),
);
let index; // a promise of it

async function load() {
  const bytes = Uint8Array.from(atob(window.searchTexts), (each) => each.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const rows = await new Response(unpacked).json();
  const made = new MiniSearch({
    fields: ["name", "parent", "text"],
    storeFields: ["name", "parent", "kind", "url", "icon", "label"],
    tokenize: (text) => wordsOf(text).flatMap(partsOf),
    processTerm: termOf,
  });
  made.addAll(rows.map((row, id) => ({ ...row, id })));
  return made;
}

const wordsOf = (text) => text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
/** The parts of a name in camelCase or snake_case and, last, the name without what separates them. */
function partsOf(word) {
  const parts = word.split(/_+|(?<=[a-z\d])(?=[A-Z])/).filter(Boolean);
  return parts.length > 1 ? [...parts, parts.join("")] : parts;
}
const termOf = (word) => (common.has(word.toLowerCase()) ? null : stemmer(word.toLowerCase()));
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** What most people look for comes first: guides, then functions and classes, then members and options. */
const KIND = { guide: 1.6, name: 1.2, type: 0.6, member: 0.4 };
/** What a name counts that is asked for as a whole. */
const EXACT = { guide: 4, name: 12, type: 2, member: 1.5 };
const special = /^(wgrad\/(kernels|testing)|Kernels alone)/;

/** Results that have all words of the query; if there are none, with other spellings of them; then with some of them. */
function search(made, query) {
  const all = wordsOf(query);
  const telling = all.filter((word) => !common.has(word.toLowerCase()));
  const queries = (telling.length ? telling : all).map((word) => {
    const parts = partsOf(word);
    const whole = parts.pop() ?? word;
    if (parts.length === 0) return whole;
    return { combineWith: "OR", queries: [{ combineWith: "AND", queries: parts }, whole] };
  });
  const weight = (_id, _term, { name, parent = "", kind }) =>
    KIND[kind] *
    (special.test(parent) ? 0.6 : 1) *
    (plain(name) === plain(query) ? EXACT[kind] : 1);
  const find = (combineWith, fuzzy) =>
    made.search(
      { combineWith, queries },
      {
        ...{ fuzzy, prefix: (term) => term.length > 2, boost: { name: 6, parent: 2 } },
        ...{ weights: { prefix: 0.2, fuzzy: 0.1 }, tokenize: (word) => [word] },
        boostDocument: weight,
      },
    );
  if (queries.length === 0) return [];
  for (const [combineWith, fuzzy] of [
    ["AND", 0],
    ["AND", 0.2],
    ["OR", 0],
  ]) {
    const found = find(combineWith, fuzzy);
    if (found.length) return found;
  }
  return [];
}

/** The words that begin with one of these terms, which are stems. */
function patternOf(terms) {
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?:${escaped.join("|")})\\p{L}*`, "iu");
}

/** A text with what was found in it marked. */
function marked(text, pattern) {
  const node = document.createElement("span");
  const found = pattern.exec(text);
  if (!found?.[0]) node.append(text);
  else {
    const mark = document.createElement("mark");
    mark.append(found[0]);
    node.append(text.slice(0, found.index), mark, text.slice(found.index + found[0].length));
  }
  return node;
}

function option({ name, parent, url, icon, label }, at, pattern) {
  const item = document.createElement("li");
  Object.assign(item, { id: `tsd-search:${at}`, role: "option", ariaSelected: "false" });
  const link = document.createElement("a");
  Object.assign(link, { href: base + url, tabIndex: -1 });
  link.innerHTML = `<svg width="20" height="20" class="tsd-kind-icon" aria-label="${label}"><use href="#icon-${icon}"></use></svg>`;
  const text = document.createElement("span");
  text.className = "text";
  if (parent) {
    const above = document.createElement("span");
    above.className = "parent";
    above.append(marked(parent, pattern), icon === GUIDE ? " › " : ".");
    text.append(above);
  }
  text.append(marked(name, pattern));
  link.append(text);
  item.append(link);
  return item;
}
const GUIDE = 8388608; // TypeDoc's kind of a document

let latest = 0;
async function show() {
  const turn = ++latest;
  const query = field.value.trim();
  index ??= load();
  const found = search(await index, query).slice(0, SHOWN);
  if (turn !== latest) return;
  list.dataset.query = query;
  list.replaceChildren(...found.map((row, i) => option(row, `${turn}-${i}`, patternOf(row.terms))));
  const none = query && found.length === 0;
  status.textContent = none
    ? window.translations.search_no_results_found_for_0.replace("{0}", query)
    : "";
}
// before TypeDoc's own listener hears of the input
const before = (event) => {
  if (event.target !== field) return;
  event.stopPropagation();
  show();
};
document.getElementById("tsd-search").addEventListener("input", before, true);
if (field.value) show(); // written before this was loaded
