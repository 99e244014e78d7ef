// What is made of the elements is u32, whatever they are.
alias Result = u32;
alias Result4 = vec4<u32>;
