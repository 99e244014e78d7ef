// Sizes of a convolution, shared by its kernels. Channel counts are those of one group; an input row is
// iy = oy·SH + ky·DH − pad_h. The window's geometry is constant, so that loops over taps have known bounds.
override KH: u32 = 1u; // kernel height
override KW: u32 = 1u; // kernel width
override SH: u32 = 1u; // stride
override SW: u32 = 1u;
override DH: u32 = 1u; // dilation
override DW: u32 = 1u;

struct Params {
  batch: u32,
  groups: u32,
  in_c: u32,
  out_c: u32,
  in_h: u32,
  in_w: u32,
  out_h: u32,
  out_w: u32,
  pad_h: u32,
  pad_w: u32,
  slices: u32, // parts of the sum for the weight gradient; strips of a plane where a thread owns one; else 1
}

@group(0) @binding(0) var<uniform> params: Params;
