// A is stored as f32.
alias StoredA = f32;
alias StoredA4 = vec4<f32>;
