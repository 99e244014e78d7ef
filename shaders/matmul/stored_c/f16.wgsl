// C is stored as f16; sums are f32.
enable f16;
alias StoredC = f16;
alias StoredC4 = vec4<f16>;
