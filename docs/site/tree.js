// TypeDoc's script writes the tree of pages with links inside <summary>, where no control may be: a screen reader tells of one
// of the two. Here every such link becomes the neighbour of its <details>, which then opens and closes alone.
const tree = document.getElementById("tsd-nav-container");

function takeApart() {
  for (const link of tree.querySelectorAll("summary > a")) {
    const summary = link.parentElement;
    summary.ariaLabel = `Contents of ${link.textContent}`;
    summary.parentElement.before(link.cloneNode(true)); // without the listener that would load the page a second time
    link.remove();
  }
}

takeApart();
new MutationObserver(takeApart).observe(tree, { childList: true });
