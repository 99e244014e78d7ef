// What TypeDoc's own script leaves out for people who use a screen reader or the keyboard. It writes links where no control may
// be, within <summary> and within an option, of which a screen reader tells one of the two; and to its menu of
// narrow windows only pointers come.

/** Calls a function now, and whenever an element holds others. */
function whenever(node, work) {
  work();
  new MutationObserver(work).observe(node, { childList: true });
}

// The tree of pages: each link of a <summary> becomes the neighbour of its <details>, which then opens and closes alone.
const tree = document.getElementById("tsd-nav-container");
whenever(tree, () => {
  for (const link of tree.querySelectorAll("summary > a")) {
    const summary = link.parentElement;
    summary.ariaLabel = `Contents of ${link.textContent}`;
    summary.parentElement.before(link.cloneNode(true)); // without the listener that would load the page a second time
    link.remove();
  }
  // nine tenths of a page's elements are in closed modules: they are added when a module is opened
  for (const module of tree.querySelectorAll("details:not([open])")) {
    const contents = module.lastElementChild;
    module.addEventListener("toggle", () => module.append(contents), { once: true });
    contents.remove();
  }
});

// What the search finds: the option itself leads to the page. TypeDoc clicks what is in it when Enter is pressed.
const results = document.getElementById("tsd-search-results");
const addresses = new WeakMap();
whenever(results, () => {
  for (const link of results.querySelectorAll("a[href]")) {
    addresses.set(link.parentElement, link.href);
    for (const name of ["href", "tabindex"]) link.removeAttribute(name); // no control any more
  }
});
function follow(event) {
  const address = addresses.get(event.target.closest("li"));
  if (!address || event.button > 1) return;
  event.preventDefault();
  if (event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey) return open(address);
  results.closest("dialog").dispatchEvent(new Event("cancel", { cancelable: true })); // closes it
  location.assign(address);
}
results.addEventListener("click", follow);
results.addEventListener("auxclick", follow);

// The menu of narrow windows: a button opens it, and Escape, a press beside it, one of its links or leaving it closes it.
const button = document.getElementById("tsd-toolbar-menu-trigger");
const menu = document.querySelector(".col-sidebar");
const shown = () => button.ariaExpanded === "true";
function showMenu(open) {
  button.ariaExpanded = String(open);
  document.documentElement.classList.toggle("has-menu", open);
  if (open) menu.querySelector("a, summary, select, input").focus();
}
const beside = (node) => node && !menu.contains(node) && !button.contains(node);
button.addEventListener("click", () => showMenu(!shown()));
menu.addEventListener("click", ({ target }) => shown() && target.closest("a") && showMenu(false));
menu.addEventListener("focusout", ({ relatedTarget }) => beside(relatedTarget) && showMenu(false));
document.addEventListener("pointerdown", ({ target }) => beside(target) && showMenu(false));
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !shown()) return;
  showMenu(false);
  button.focus();
});
