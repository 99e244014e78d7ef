//! use elementwise/binary_op/* as op
// c = op(a, b)
fn point(a: Element, b: Element) -> Result { return op(a, b); }
