//! use cluster/scores.wgsl
// The nearest of the centres for eight points at once, argmin_k ‖x − c_k‖², the first of equals: two blocks of four, so that a
// load of a centre serves both. Eight centres a turn; where only four are left, these are computed twice.
struct NearestOfTwo { a: Nearest, b: Nearest }

// Of each block: the nearest centres, and 1 where one of them must be decided by differences, else 0.
struct Found { a: vec4u, b: vec4u, doubtful_a: u32, doubtful_b: u32 }

struct Scores { a: mat4x4f, b: mat4x4f } // one column for each centre

// scores + x·c for four centres from row c on.
fn add_both(scores: Scores, a: mat4x4f, b: mat4x4f, c: u32) -> Scores {
  let row = params.quarters + 1u;
  let c0 = centres[c];
  let c1 = centres[c + row];
  let c2 = centres[c + 2u * row];
  let c3 = centres[c + 3u * row];
  let of_a = scores.a;
  let of_b = scores.b;
  return Scores(
    mat4x4f(add_dot(of_a[0], a, c0), add_dot(of_a[1], a, c1), add_dot(of_a[2], a, c2), add_dot(of_a[3], a, c3)),
    mat4x4f(add_dot(of_b[0], b, c0), add_dot(of_b[1], b, c1), add_dot(of_b[2], b, c2), add_dot(of_b[3], b, c3)),
  );
}

fn nearest_of_two(a: u32, b: u32) -> Found {
  let row = params.quarters + 1u;
  var best = NearestOfTwo(none(), none());
  var squares = mat2x4f();
  for (var k = 0u; k < params.clusters; k += 8u) {
    let second = min(k + 4u, params.clusters - 4u);
    let start = first_scores(k);
    let more_start = first_scores(second);
    var scores = Scores(start, start);
    var more_scores = Scores(more_start, more_start);
    for (var q = 0u; q < params.quarters; q++) {
      let xa = features(a, q);
      let xb = features(b, q);
      scores = add_both(scores, xa, xb, k * row + q);
      more_scores = add_both(more_scores, xa, xb, second * row + q);
      if (k == 0u) { squares = mat2x4f(add_squares(squares[0], xa), add_squares(squares[1], xb)); }
    }
    best = NearestOfTwo(offer_four(best.a, k, scores.a), offer_four(best.b, k, scores.b));
    if (second > k) {
      best = NearestOfTwo(offer_four(best.a, second, more_scores.a), offer_four(best.b, second, more_scores.b));
    }
  }
  let doubtful_a = select(0u, 1u, doubtful(best.a, squares[0]));
  let doubtful_b = select(0u, 1u, doubtful(best.b, squares[1]));
  return Found(best.a.label, best.b.label, doubtful_a, doubtful_b);
}
