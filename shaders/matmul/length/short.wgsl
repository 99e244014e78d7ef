// One sum of all terms, four at a time, from the first to the last.
fn sum_fours(first_a: u32, first_b: u32) -> Sums {
  var at_a = first_a;
  var at_b = first_b;
  var sums = Sums();
  for (var k = 0u; k + 4u <= params.k; k += 4u) {
    sums = add_four(sums, at_a, at_b);
    at_a += a_at(0u, 0u, 4u);
    at_b += b_at(0u, 0u, 4u);
  }
  return sums;
}
