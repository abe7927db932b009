"""An article's text to candidate facts for an editor: nothing here decides, everything here can be corrected.

No model is needed. What is not certain is left blank and said (`values.Candidate.doubts`), never guessed.
"""
