// Moments of one lane's packs of four.
fn lane_moments(rows: Rows, share: Share, p: f32) -> Partial {
  var sum = Partial(0.0);
  var at = share.at;
  for (var k = 0u; k < share.trips; k++) {
    let four = Pack(x[at.x]) - p;
    let mean = 0.25 * ((four.x + four.y) + (four.z + four.w));
    let d = four - mean;
    sum = combine(sum, Partial(4.0, mean, 0.25 * dot(d, d)));
    at = next(rows, share, at);
  }
  return sum;
}
