// What a page of TypeDoc's theme needs so that people who use a screen reader or the keyboard find their way: one title, headings
// without gaps, one main landmark, landmarks with names, no link inside what opens and closes. pages.js does the same for
// what TypeDoc's own script writes.

/**
 * The page with those changes. Throws when it does not look as TypeDoc 0.28 writes it.
 * @param {string} html
 */
export function accessible(html) {
  return headings(landmarks(titled(tables(outside(html)))));
}

/**
 * Replaces what every page has, once.
 * @param {string} html @param {RegExp} from @param {string} to
 */
function once(html, from, to) {
  if ([...html.matchAll(new RegExp(from, "g"))].length !== 1) {
    throw new Error(`docs: expected ${from} once in a page; see what TypeDoc writes now`);
  }
  return html.replace(from, to);
}

/** A link to a group of members stands beside what opens and closes the group. @param {string} html */
function outside(html) {
  return html.replace(
    /(<h2 class="tsd-anchor-link" id="[^"]*">[^<]*)(<a [^>]*class="tsd-anchor-icon">.*?<\/a>)(<\/h2><\/summary>)/g,
    "$1$3$2",
  );
}

/** A guide shows its name as its title; the trail of names above it is a navigation. @param {string} html */
function titled(html) {
  const trail = /<ul class="tsd-breadcrumb" aria-label="Breadcrumb">(.*?)<\/ul>/s;
  const [, links = ""] = trail.exec(html) ?? [];
  const name = /aria-current="page">([^<]*)<\/a>/.exec(links)?.[1];
  const nav = links
    ? `<nav aria-label="Breadcrumb"><ul class="tsd-breadcrumb">${links}</ul></nav>`
    : "";
  const title = name && !/<h1\b/.test(html) ? `<h1>${name}</h1>` : "";
  return html.replace(trail, () => nav + title);
}

/** In a table with an empty corner the first cell of a row is the row's heading. @param {string} html */
function tables(html) {
  return html.replace(/<table>\s*<thead>\s*<tr>\s*<th><\/th>.*?<\/table>/gs, (table) =>
    table
      .replace(/(<tr>\s*)<td>(.*?)<\/td>/gs, '$1<th scope="row">$2</th>')
      .replace("<th></th>", "<td></td>"),
  );
}

/** @param {string} html */
function landmarks(html) {
  const plain = html
    .replaceAll('<aside class="tsd-sources">', '<div class="tsd-sources">')
    .replaceAll("</aside>", "</div>");
  return [
    { from: /<div class="col-content">/, to: '<main class="col-content">' },
    { from: /<\/div>(\s*<div class="col-sidebar">)/, to: "</main>$1" },
    {
      from: /<div class="page-menu">/,
      to: '<aside class="page-menu" aria-label="Settings and contents of this page">',
    },
    { from: /<\/div>(\s*<div class="site-menu">)/, to: "</aside>$1" },
    {
      from: /<a href="#" (class="tsd-widget menu" id="tsd-toolbar-menu-trigger") data-toggle="menu"( aria-label="[^"]*")>(.*?)<\/a>/s,
      to: '<button type="button" $1$2 aria-expanded="false">$3</button>',
    },
    { from: /<nav id="tsd-sidebar-links"/, to: '$& aria-label="Site"' },
    { from: /<nav class="tsd-navigation"/, to: '$& aria-label="Guides and reference"' },
  ].reduce((text, { from, to }) => once(text, from, to), plain);
}

/**
 * Says the level of headings whose tag, chosen for its size, would leave out a level.
 * @param {string} html
 */
function headings(html) {
  const [main = "", ...side] = html.split("</main>");
  /** @type {number[]} ranks of the headings that the next one may be under */
  const above = [];
  const told = main.replace(/<h([1-6])\b([^>]*)>/g, (all, tag, attributes) => {
    const rank = /\btsd-index-heading uppercase\b/.test(attributes) ? 2 : Number(tag);
    while ((above.at(-1) ?? 0) >= rank) above.pop();
    const level = above.push(rank);
    return level === Number(tag) ? all : `<h${tag} aria-level="${level}"${attributes}>`;
  });
  const beside = side.join("</main>").replaceAll("<h3>", '<h3 aria-level="2">');
  return `${told}</main>${beside}`;
}
