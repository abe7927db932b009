"""The inside of On the Record: articles and facts in, a frozen fact base out; a question in, an answer out.

It knows no Telegram, no clock and no environment; whoever calls it says what day it is.
"""
