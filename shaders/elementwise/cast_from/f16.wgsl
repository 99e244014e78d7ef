// The input is stored as f16.
enable f16;
alias Source = f16;
alias Source4 = vec4<f16>;
