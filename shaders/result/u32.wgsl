// Results are u32, whatever the type of the elements.
alias Result = u32;
alias Result4 = vec4<u32>;
