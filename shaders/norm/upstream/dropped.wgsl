// dz is not kept: who needs it again computes it again. Binding 8 stays empty.
fn keep_dz(i: u32, value: Pack) {}
