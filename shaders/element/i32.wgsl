// Elements are signed integers: sums, differences and products wrap, and there is no NaN.
alias Element = i32;
alias Element4 = vec4<i32>;

fn has_order(x: Element) -> bool { return true; }
fn pass_nan(x: Element, y: Element) -> Element { return y; }
fn holds(x: Element) -> bool { return x != 0; }
fn lowest() -> Element { return -0x7fffffff - 1; }
fn highest() -> Element { return 0x7fffffff; }

fn remainder(a: Element, b: Element, q: Element) -> Element { return a - q * b; }

// a / b truncated towards 0; 0 for b = 0.
fn quotient(a: Element, b: Element) -> Element { return select(a / b, Element(0), b == Element(0)); }
