// B is stored as f32.
alias StoredB = f32;
alias StoredB4 = vec4<f32>;
