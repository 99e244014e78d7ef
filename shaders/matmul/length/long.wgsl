// Sums of 32 terms, added by 32, and these in turn: the error grows with the cube root of their number.
fn sum_fours(first_a: u32, first_b: u32) -> Sums {
  var at_a = first_a;
  var at_b = first_b;
  var far = Sums();
  var near = Sums();
  var chunks = 0u;
  for (var chunk = 0u; chunk + 4u <= params.k; chunk += 32u) {
    let end = min(chunk + 32u, params.k);
    var sums = Sums();
    for (var k = chunk; k + 4u <= end; k += 4u) {
      sums = add_four(sums, at_a, at_b);
      at_a += a_at(0u, 0u, 4u);
      at_b += b_at(0u, 0u, 4u);
    }
    near = add_sums(near, sums);
    chunks += 1u;
    if (chunks % 32u == 0u) {
      far = add_sums(far, near);
      near = Sums();
    }
  }
  return add_sums(far, near);
}
