// What is read lies in memory as f16.
enable f16;
alias Source = f16;
alias Source4 = vec4<f16>;
