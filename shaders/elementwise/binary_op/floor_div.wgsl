// op(a, b) = the greatest whole number ≤ a / b, as in Python: one less than the quotient without its fraction where a
// rest of the other sign than b is left. It has no slope.
fn op(a: Element, b: Element) -> Result {
  let zero = Element(0);
  let q = quotient(a, b);
  let rest = remainder(a, b, q);
  let less = (rest != zero) & (b != zero) & ((rest < zero) != (b < zero));
  return Result(select(q, q - Element(1), less));
}

fn op_da(a: f32, b: f32) -> f32 { return 0.0; }
fn op_db(a: f32, b: f32) -> f32 { return 0.0; }
