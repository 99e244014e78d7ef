// The search of the documentation, in place of TypeDoc's, which takes a page for found when it has any of the words, and knows
// guides only as a whole. Here a result has all of the words if there are such, sections of guides are results of their own,
// and names are found in the spelling of other libraries: state_dict is stateDict. It comes with what it searches,
// `searchTexts`, in one file; see search.mjs.
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
let rows; // a promise of them

async function load() {
  const bytes = Uint8Array.from(atob(window.searchTexts), (each) => each.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const found = await new Response(unpacked).json();
  const words = (name) => name.split(HUMP).join(" ").toLowerCase();
  return found.map((row) => ({
    ...row,
    whole: plain(row.name),
    title: row.kind === "guide" ? row.name.toLowerCase() : words(row.name),
    above: words(row.parent ?? ""),
    lower: row.text.toLowerCase(),
  }));
}

const HUMP = /(?<=[a-z\d])(?=[A-Z])/;
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const ENDING = "(?:ations?|ings?|ions?|ers?|ed|es|e|(?<!s)s)";

/** A pattern for what begins with the word, and for its other forms: saves, saving and saved are found by each other. */
function forms(word) {
  const whole = escaped(word);
  if (/[^a-z]/.test(word) || word.length < 4) return whole;
  const cut = word.replace(new RegExp(`${ENDING}$`), "");
  if (cut.length < 3) return whole;
  const stem = cut.replace(/([^aeiouls])\1$/, "$1");
  return `(?:${whole}|${stem}${stem.at(-1)}?${ENDING}?(?!\\p{L}))`;
}

/** What is looked for: for each word the pattern of its spellings, at the beginning of a word; all in a row; and the whole. */
function reading(query) {
  const written = query.match(/[\p{L}\p{N}_$.'-]+/gu) ?? [];
  const all = written.map((word) => word.replace(/^[.'-]+|[.'-]+$/g, "")).filter(Boolean);
  const telling = all.filter((word) => !common.has(word.toLowerCase()));
  const words = (telling.length ? telling : all).map((word) => {
    const parts = word
      .split(/[_.-]+/)
      .flatMap((part) => part.split(HUMP))
      .filter(Boolean);
    const [whole, ...forward] = [word, ...parts].map((part) => part.toLowerCase());
    const spellings = [escaped(whole), forward.map(forms).join("[ _.-]?")];
    return `(?<![\\p{L}\\p{N}])(?:${spellings.join("|")})`;
  });
  const patterns = words.map((word) => new RegExp(word, "gu"));
  const full = words.map((word) => new RegExp(`${word}(?!\\p{L})`, "u"));
  const row = new RegExp(words.join("\\p{L}*[^\\p{L}\\p{N}]{1,3}"), "u");
  return { words: patterns, full, row, whole: plain(query) };
}

const count = (text, word) => text.match(word)?.length ?? 0;

/** How well a row answers, by word: a name counts most, then what it is in, then its text, the shorter the more. */
function weights({ kind, title, above, lower, whole }, { words, full, whole: sought }) {
  const long = 1 + Math.log2(1 + lower.length / 300);
  return words.map((word, i) => {
    const most = full[i].test(title) ? 8 : count(title, word) ? 4 : 0;
    const named = most / (1 + Math.log2(1 + title.length / 12));
    const part = kind !== "guide" && words.length === 1 && sought.length > 2;
    const inside = part && whole.includes(sought) ? 1.5 : 0;
    const below = count(above, word) ? 3 : 0;
    return Math.max(named, inside) + below + (2 * Math.min(4, count(lower, word))) / long;
  });
}

/** What most people look for comes first: guides, then functions and classes, then members and options. */
const rank = ({ kind, parent = "" }) => {
  const special = /^(wgrad\/(kernels|testing)|Kernels alone)/.test(parent) ? 0.7 : 1;
  return special * { guide: 1.6, name: 1, type: 0.6, member: 0.5 }[kind];
};
/** What a name counts that is asked for as a whole. */
const EXACT = { guide: 500, name: 1000, type: 400, member: 12 };

function best(all, sought) {
  const { words, whole } = sought;
  const found = all.map((row) => ({ row, each: weights(row, sought) }));
  const rare = words.map((_, i) => {
    const having = found.filter(({ each }) => each[i] > 0).length;
    return Math.log(1 + all.length / (1 + having));
  });
  const scored = found.map(({ row, each }) => {
    const has = each.filter((weight) => weight > 0).length;
    const sum = each.reduce((total, weight, i) => total + weight * rare[i], 0);
    const exact = row.whole === whole ? EXACT[row.kind] : 0;
    const together =
      words.length > 1 && [row.title, row.lower].some((text) => sought.row.test(text));
    const named = words.length > 1 && words.every((word) => count(row.title, word) > 0);
    const bonus = (together ? 1.5 : 1) * (named ? 1.5 : 1);
    return { row, has, score: (sum * bonus + exact) * rank(row) };
  });
  const most = Math.max(0, ...scored.map(({ has }) => has));
  const kept = scored.filter(({ has, score }) => score > 0 && has === most);
  return kept
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ row }) => row);
}

function marked(text, { words }) {
  const node = document.createElement("span");
  const at = words.flatMap((word) => [...text.toLowerCase().matchAll(word)]);
  const from = at.length ? Math.min(...at.map(({ index }) => index)) : text.length;
  const to = at.find(({ index }) => index === from)?.[0].length ?? 0;
  const mark = document.createElement("mark");
  mark.append(text.slice(from, from + to));
  node.append(text.slice(0, from), ...(to ? [mark] : []), text.slice(from + to));
  return node;
}

function option({ name, parent, url, icon, label }, at, sought) {
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
    above.append(marked(parent, sought), icon === GUIDE ? " › " : ".");
    text.append(above);
  }
  text.append(marked(name, sought));
  link.append(text);
  item.append(link);
  return item;
}
const GUIDE = 8388608; // TypeDoc's kind of a document

let latest = 0;
async function show() {
  const turn = ++latest;
  const query = field.value.trim();
  rows ??= load();
  const all = await rows;
  if (turn !== latest) return;
  const sought = reading(query);
  const found = sought.words.length ? best(all, sought) : [];
  list.dataset.query = query;
  list.replaceChildren(...found.map((row, i) => option(row, `${turn}-${i}`, sought)));
  const none = query && found.length === 0;
  status.textContent = none
    ? window.translations.search_no_results_found_for_0.replace("{0}", query)
    : "";
}
// before TypeDoc's own listener hears of it
const before = (event) => {
  if (event.target !== field) return;
  event.stopPropagation();
  show();
};
document.getElementById("tsd-search").addEventListener("input", before, true);
if (field.value) show(); // written before this was loaded
