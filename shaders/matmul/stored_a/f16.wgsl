// A is stored as f16; sums are f32.
enable f16;
alias StoredA = f16;
alias StoredA4 = vec4<f16>;
