//! use activation/* as act
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use matmul/channel/* as channel
//! use matmul/stored_c/* as stored_c
// What is stored in C[at], in this row and column: act(z), where z has the bias, or scale and shift, of the channel.
fn finish(sum: f32, row: u32, column: u32, at: u32) -> f32 {
  return act(keep_z(per_channel(sum, channel_of(row, column)), at));
}
