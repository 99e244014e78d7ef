//! use lib/exp_below.wgsl
//! use lib/nan.wgsl
//! use lib/slice_reduce.wgsl
// log Σ exp(x) in one sweep: the greatest x so far and Σ exp(x − greatest), rescaled whenever the greatest grows
// (Milakov & Gimelshein, "Online normalizer calculation for softmax", 2018).
struct LogSum { greatest: f32, sum: f32 }

// Starting from the least finite number instead of −∞ keeps differences of two infinities out; −∞ adds 0.
const EMPTY = LogSum(-0x1.fffffep+127f, 0.0);

fn include(total: LogSum, x: f32) -> LogSum {
  let above = x - total.greatest;
  let grows = above > 0.0;
  let smaller = exp_below(select(above, -above, grows));
  return LogSum(
    select(total.greatest, x, grows),
    select(total.sum + smaller, total.sum * smaller + 1.0, grows),
  );
}

// The totals of a slice's lanes, merged; the sum is NaN if there was NaN, +∞, or nothing but −∞. Call from uniform
// control flow.
fn merge_slice(lane: u32, total: LogSum) -> LogSum {
  let greatest = slice_max(lane, total.greatest);
  let sum = slice_sum(lane, total.sum * exp_below(total.greatest - greatest));
  return LogSum(greatest, select(sum, quiet_nan(), (sum == 0.0) | is_infinite(greatest)));
}

// log of a merged sum; what log makes of NaN is left open by WGSL
fn log_of(sum: f32) -> f32 { return select(log(sum), sum, is_nan(sum)); }
