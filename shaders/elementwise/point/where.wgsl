//! use lib/truth.wgsl
// y = a where condition ≠ 0, else b: select, not a product with a mask, since the other operand may be infinite or NaN.
fn point(condition: f32, a: Element, b: Element) -> Element { return select(b, a, is_true(condition)); }
