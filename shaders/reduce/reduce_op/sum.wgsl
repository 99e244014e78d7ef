// op(a, b) = a + b, from 0
fn identity() -> Element { return Element(0); }
fn combine(a: Element, b: Element) -> Element { return a + b; }
