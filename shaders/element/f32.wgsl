//! use lib/nan.wgsl
//! use lib/truth.wgsl
// Elements are floats. One of them may be NaN, which orders as nothing, is true, and stays.
alias Element = f32;
alias Element4 = vec4<f32>;

fn has_order(x: Element) -> bool { return !is_nan(x); }
fn pass_nan(x: Element, y: Element) -> Element { return keep_nan(x, y); }
fn holds(x: Element) -> bool { return is_true(x); }
fn lowest() -> Element { return -infinity(); }
fn highest() -> Element { return infinity(); }
