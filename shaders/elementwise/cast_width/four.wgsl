// Four elements at a time, for counts that 4 divides.
alias From = Stored4;
alias To = Target4;
