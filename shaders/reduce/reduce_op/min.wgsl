// op(a, b) = min(a, b), from +∞
// NaN if either is NaN, as PyTorch's amin
fn identity() -> Element { return highest(); }
fn combine(a: Element, b: Element) -> Element { return pass_nan(a, pass_nan(b, min(a, b))); }
