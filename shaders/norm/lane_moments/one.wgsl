// Moments of one lane's elements, four at a time so that each is read once and four reads are in flight.
fn lane_moments(rows: Rows, share: Share, p: f32) -> Partial {
  var sum = Partial(0.0);
  var at = share.at;
  for (var k = 0u; k < share.trips / 4u; k++) {
    let a1 = next(rows, share, at);
    let a2 = next(rows, share, a1);
    let a3 = next(rows, share, a2);
    let four = vec4f(Stored4(x[at.x], x[a1.x], x[a2.x], x[a3.x])) - p;
    let mean = 0.25 * ((four.x + four.y) + (four.z + four.w));
    let d = four - mean;
    sum = combine(sum, Partial(4.0, mean, 0.25 * dot(d, d)));
    at = next(rows, share, a3);
  }
  for (var k = 0u; k < share.trips % 4u; k++) {
    sum = combine(sum, Partial(1.0, f32(x[at.x]) - p, 0.0));
    at = next(rows, share, at);
  }
  return sum;
}
