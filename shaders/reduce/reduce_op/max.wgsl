// op(a, b) = max(a, b), from −∞
// NaN if either is NaN, as PyTorch's amax
fn identity() -> Element { return lowest(); }
fn combine(a: Element, b: Element) -> Element { return pass_nan(a, pass_nan(b, max(a, b))); }
