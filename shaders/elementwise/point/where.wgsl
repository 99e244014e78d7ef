//! use lib/truth.wgsl
// y = a where condition ≠ 0, else b: a choice, not a product with a mask, since what is not chosen may be infinite or NaN.
fn point(condition: f32, a: Element, b: Element) -> Element { return select(b, a, is_true(condition)); }
