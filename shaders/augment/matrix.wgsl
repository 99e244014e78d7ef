//! use augment/geometry_step.wgsl
// The matrix from a point (x, y, 1) of the result to the input image: the product of the steps that an image takes.
fn matrix_of(image: u32) -> mat3x3f {
  var total = mat3x3f(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0);
  for (var s = 0u; s < params.steps; s++) {
    let step = params.list[s];
    let number = params.first + s;
    if (is_taken(params.key, image, number, step.gate)) {
      let affine = affine_of(step, params.key, image, number);
      total = total * cropped(step, params.key, image, number) * affine;
      if (step.distortion > 0.0) { total = total * perspective_of(step, params.key, image, number); }
    }
  }
  return total;
}
