// Idea 1 of the paper: the gradient over its own RMS.
fn step_of(i: u32, u: vec4f, row: AdadeltaRow) -> vec4f { return u; }
