// dz is not stored: kernels that need it compute it again. Binding 8 stays empty.
fn keep_dz(i: u32, value: Pack) {}
