// B is stored as f16; sums are f32.
enable f16;
alias StoredB = f16;
alias StoredB4 = vec4<f16>;
