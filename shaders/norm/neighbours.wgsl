//! use lib/ln.wgsl
//! use lib/nan.wgsl
// Local response norm over neighbouring channels of x[N, C, S]; channels that do not exist are 0 (Krizhevsky et al. 2012):
//   b[n, c, s] = k + α/size · Σ x[n, j, s]², j = c − before … c + after, and y = x / bᵝ
struct Params { count: u32, channels: u32, inner: u32, before: u32, after: u32, share: f32, beta: f32, k: f32 } // share = α/size

// Index of the element of channel `to` at the position of element i of channel c.
fn beside(i: u32, c: u32, to: u32) -> u32 { return i - c * params.inner + to * params.inner; }

fn base_of(i: u32, c: u32) -> f32 {
  let last = min(c + params.after, params.channels - 1u);
  var sum = 0.0;
  for (var j = c - min(c, params.before); j <= last; j++) {
    let value = x[beside(i, c, j)];
    sum += value * value;
  }
  return params.k + params.share * sum;
}

// b⁻ᵝ for b > 0
fn shrink(base: f32) -> f32 { return keep_nan(base, exp(-params.beta * ln(base))); }
