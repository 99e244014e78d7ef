//! use cluster/scores.wgsl
// The nearest of the centres for four points at once: argmin_k ‖x − c_k‖², the first of equals. Eight centres a turn, so that
// a load of x serves eight of them; where only four are left, these are computed twice.
fn nearest(four: u32) -> Nearest {
  let row = params.quarters + 1u;
  var best = none();
  var squares = vec4f(0.0);
  for (var k = 0u; k < params.clusters; k += 8u) {
    let second = min(k + 4u, params.clusters - 4u);
    var scores = first_scores(k);
    var more_scores = first_scores(second);
    for (var q = 0u; q < params.quarters; q++) {
      let x = features(four, q);
      scores = add_dots(scores, x, k * row + q);
      more_scores = add_dots(more_scores, x, second * row + q);
      if (k == 0u) { squares = add_squares(squares, x); }
    }
    best = offer_four(best, k, scores);
    if (second > k) { best = offer_four(best, second, more_scores); }
  }
  if (doubtful(best, squares)) { return by_differences(four); }
  return best;
}
