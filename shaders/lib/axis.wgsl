// An axis that up to three operands walk together, each with a stride of its own in elements; 0 where it broadcasts.
struct Axis {
  strides: vec3u,
  size: u32,
}
