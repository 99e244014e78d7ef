// op(a, b) = ⌊a / b⌋, as in Python: the truncated quotient, less 1 where the remainder is not 0 and its sign is not
// that of b. Its gradient is 0.
fn op(a: Element, b: Element) -> Result {
  let zero = Element(0);
  let q = quotient(a, b);
  let rest = remainder(a, b, q);
  let less = (rest != zero) & (b != zero) & ((rest < zero) != (b < zero));
  return Result(select(q, q - Element(1), less));
}

fn op_da(a: f32, b: f32) -> f32 { return 0.0; }
fn op_db(a: f32, b: f32) -> f32 { return 0.0; }
