//! use lib/axis.wgsl
// For shaders whose Params have `rank` and `axes`, innermost first: where the operands have element i.
fn strided(i: u32) -> vec3u {
  var rest = i;
  var at = vec3u(0u);
  for (var k = 0u; k + 1u < params.rank; k++) {
    let axis = params.axes[k];
    at += (rest % axis.size) * axis.strides;
    rest /= axis.size;
  }
  return at + rest * params.axes[params.rank - 1u].strides;
}
