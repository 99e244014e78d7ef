// The gradients as backward passes left them.
fn skipped() -> bool { return false; }
fn gradient(i: u32) -> vec4f { return grads[i]; }
