//! use activation/* as act
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use matmul/stored_c/* as stored_c
// What is stored in C[at], in this column, for z = sum + bias[column]: act(z).
fn finish(sum: f32, column: u32, at: u32) -> f32 { return act(keep_z(add_bias(sum, column), at)); }
