// Moments of one lane's packs of four, four packs at a time so that four reads are in flight and one merge serves sixteen elements.
fn lane_moments(rows: Rows, share: Share, p: f32) -> Partial {
  var sum = Partial(0.0);
  var at = share.at;
  for (var k = 0u; k < share.trips / 4u; k++) {
    let a1 = next(rows, share, at);
    let a2 = next(rows, share, a1);
    let a3 = next(rows, share, a2);
    let a = Pack(x[at.x]) - p;
    let b = Pack(x[a1.x]) - p;
    let c = Pack(x[a2.x]) - p;
    let d = Pack(x[a3.x]) - p;
    let mean = 0.25 * (mean_of(a) + mean_of(b) + mean_of(c) + mean_of(d));
    let spread = spread_of(a - mean) + spread_of(b - mean) + spread_of(c - mean) + spread_of(d - mean);
    sum = combine(sum, Partial(16.0, mean, 0.25 * spread));
    at = next(rows, share, a3);
  }
  for (var k = 0u; k < share.trips % 4u; k++) {
    let four = Pack(x[at.x]) - p;
    let mean = mean_of(four);
    sum = combine(sum, Partial(4.0, mean, spread_of(four - mean)));
    at = next(rows, share, at);
  }
  return sum;
}

fn mean_of(four: Pack) -> f32 { return 0.25 * ((four.x + four.y) + (four.z + four.w)); }
fn spread_of(d: Pack) -> f32 { return 0.25 * dot(d, d); }
