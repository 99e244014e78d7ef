// Scores of centres for four points at once, x·c_k − ‖c_k‖² / 2, whose greatest is that of the nearest centre: argmin_k ‖x − c_k‖².
// Where two scores are closer than their rounding errors, distances by differences decide. Centres past the last have a norm
// so large that no score is below theirs.
struct Params {
  points: u32,   // number of points, without the padding
  blocks: u32,   // blocks of four points
  quarters: u32, // vectors of four features
  clusters: u32,
  parts: u32,    // sets of partial sums
  slices: u32,   // sets that a workgroup computes
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> xt: array<vec4f>;      // [4 quarters, blocks]: four points a vector
@group(0) @binding(2) var<storage, read> centres: array<vec4f>; // [clusters, quarters + 1]: c, then (‖c‖², mass, 0, 0)

struct Nearest {
  score: vec4f, // x·c − ‖c‖² / 2, or −‖x − c‖²
  next: vec4f,  // the greatest score of another centre
  label: vec4u,
}

fn none() -> Nearest { return Nearest(vec4f(-3.4028234e38), vec4f(-3.4028234e38), vec4u(0u)); }

// Four features of four points: a column a feature.
fn features(four: u32, quarter: u32) -> mat4x4f {
  let n = params.blocks;
  let i = 4u * quarter * n + four;
  return mat4x4f(xt[i], xt[i + n], xt[i + 2u * n], xt[i + 3u * n]);
}

// sums + x·c for four points, over four features.
fn add_dot(sums: vec4f, x: mat4x4f, c: vec4f) -> vec4f {
  return fma(x[3], vec4f(c.w), fma(x[2], vec4f(c.z), fma(x[1], vec4f(c.y), fma(x[0], vec4f(c.x), sums))));
}

fn offer(best: Nearest, score: vec4f, label: u32) -> Nearest {
  let nearer = score > best.score;
  let second = select(best.next, score, score > best.next); // max() costs more on adapters where it checks for NaN
  return Nearest(
    select(best.score, score, nearer),
    select(second, best.score, nearer),
    select(best.label, vec4u(label), nearer),
  );
}

// Updates the best centre of each point with four centres from k on and their scores.
fn offer_four(given: Nearest, k: u32, scores: mat4x4f) -> Nearest {
  let two = offer(offer(given, scores[0], k), scores[1], k + 1u);
  return offer(offer(two, scores[2], k + 2u), scores[3], k + 3u);
}

// Initial scores of four centres from k on: −‖c‖² / 2 + error · ‖c‖², upper bounds up to the rounding error that depends on
// ‖x‖².
fn first_scores(k: u32) -> mat4x4f {
  let row = params.quarters + 1u;
  let norms = k * row + params.quarters;
  let share = rounding() - 0.5;
  return mat4x4f(
    vec4f(share * centres[norms].x),
    vec4f(share * centres[norms + row].x),
    vec4f(share * centres[norms + 2u * row].x),
    vec4f(share * centres[norms + 3u * row].x),
  );
}

// sums + x·c for four centres from row c on.
fn add_dots(sums: mat4x4f, x: mat4x4f, c: u32) -> mat4x4f {
  let row = params.quarters + 1u;
  return mat4x4f(
    add_dot(sums[0], x, centres[c]),
    add_dot(sums[1], x, centres[c + row]),
    add_dot(sums[2], x, centres[c + 2u * row]),
    add_dot(sums[3], x, centres[c + 3u * row]),
  );
}

// sums + ‖x‖² over four features.
fn add_squares(sums: vec4f, x: mat4x4f) -> vec4f {
  return fma(x[3], x[3], fma(x[2], x[2], fma(x[1], x[1], fma(x[0], x[0], sums))));
}

// Rounding errors of a score are below error · (‖c‖² + ‖x‖² / 2), which bounds every partial sum of it: d + 4 roundings, each
// of at most 2^-23 of the rounded number.
fn rounding() -> f32 { return f32(4u * params.quarters + 4u) * 1.1920929e-7; }

// Whether another centre may be as near as the best to one of four points with ‖x‖² of `squares`. The best's score and the
// next are upper bounds, each with error · ‖c‖² in it.
fn doubtful(best: Nearest, squares: vec4f) -> bool {
  let norms = best.label * (params.quarters + 1u) + params.quarters;
  let own = vec4f(centres[norms.x].x, centres[norms.y].x, centres[norms.z].x, centres[norms.w].x);
  return !all(best.score - best.next > rounding() * (2.0 * own + squares));
}

// ‖x − c‖² over four features of four points, a column a point, and of a vector of a centre each.
fn squares_between(x: mat4x4f, c: vec4u) -> vec4f {
  let d = x - mat4x4f(centres[c.x], centres[c.y], centres[c.z], centres[c.w]);
  return vec4f(dot(d[0], d[0]), dot(d[1], d[1]), dot(d[2], d[2]), dot(d[3], d[3]));
}

// ‖x − c‖² for four points and a centre each, summed from differences: nothing cancels in it.
fn squares_of(four: u32, label: vec4u) -> vec4f {
  let c = label * (params.quarters + 1u);
  var sum = vec4f(0.0);
  for (var q = 0u; q < params.quarters; q++) {
    sum += squares_between(transpose(features(four, q)), c + q);
  }
  return sum;
}

fn by_differences(four: u32) -> Nearest {
  let row = params.quarters + 1u;
  var best = none();
  for (var k = 0u; k < params.clusters; k++) {
    if (centres[k * row + params.quarters].x >= 3e38) { continue; } // a norm this large marks a row without a centre
    best = offer(best, -squares_of(four, vec4u(k)), k);
  }
  return best;
}
