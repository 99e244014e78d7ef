//! use augment/grey.wgsl
//! use lib/workgroup_sum.wgsl
// The mean grey of an image, computed by one workgroup, before its contrast changes.
fn grey_level(colour: vec4f) -> f32 {
  return select(grey_of(colour), colour.x, params.channels < 3u);
}

fn grey_mean(image: u32, begin: u32, stop: u32, lane: u32) -> f32 {
  var sum = 0.0;
  for (var p = begin; p < stop; p += WG) {
    sum += grey_level(jittered_by(colour_at(image, p), 0.0, true));
  }
  return workgroup_sum(lane, sum) / f32(params.cells);
}
