//! inout running_mean running_var
// r ← (1 − momentum)·r + momentum·batch, with the batch's mean and its unbiased variance var·n/(n − 1).
@group(0) @binding(3) var<storage, read_write> running_mean: array<f32>; // [rows]
@group(0) @binding(4) var<storage, read_write> running_var: array<f32>;  // [rows]

fn move_running(row: u32, count: f32, mean: f32, variance: f32) {
  let keep = 1.0 - params.momentum;
  let unbiased = variance * (count / (count - 1.0));
  running_mean[row] = keep * running_mean[row] + params.momentum * mean;
  running_var[row] = keep * running_var[row] + params.momentum * unbiased;
}
