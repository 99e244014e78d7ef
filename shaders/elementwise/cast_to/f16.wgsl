// The output is stored as f16.
enable f16;
alias Target = f16;
alias Target4 = vec4<f16>;
