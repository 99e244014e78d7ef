// C is stored as f32.
alias StoredC = f32;
alias StoredC4 = vec4<f32>;
