//! use lib/nan.wgsl
//! use lib/truth.wgsl
// Elements are floats. NaN is unordered, counts as true, and propagates.
alias Element = f32;
alias Element4 = vec4<f32>;

fn has_order(x: Element) -> bool { return !is_nan(x); }
fn pass_nan(x: Element, y: Element) -> Element { return keep_nan(x, y); }
fn holds(x: Element) -> bool { return is_true(x); }
fn lowest() -> Element { return -infinity(); }
fn highest() -> Element { return infinity(); }

// a − q·b for an integer q near a / b. The rounding error of the product is added back (Dekker 1971): fma may round twice.
fn remainder(a: Element, b: Element, q: Element) -> Element {
  let product = q * b;
  let high = bitcast<vec2f>(bitcast<vec2u>(vec2f(q, b)) & vec2u(0xfffff000u)); // the upper 12 bits of each significand
  let low = vec2f(q, b) - high;
  let lost = ((high.x * high.y - product) + high.x * low.y + low.x * high.y) + low.x * low.y;
  return select((a - product) - lost, a, q == 0.0); // q = 0 apart: q·b is NaN for an infinite b
}

// The exact quotient a / b, truncated towards 0.
fn quotient(a: Element, b: Element) -> Element {
  let q = trunc(a / b);
  let rest = remainder(a, b, q);
  let one = sign(a) * sign(b);
  let over = (rest != 0.0) & ((rest < 0.0) != (a < 0.0));
  return select(select(q, q + one, abs(rest) >= abs(b)), q - one, over);
}
