"""Words and names of a text: the same reading when a base is compiled and when a question is asked."""
