"""Articles on their way in: bytes that somebody gave or a feed named, to values and to the bytes of an article file.

It opens no connection and no file, and knows no clock: what has to be fetched, asked or written, the outside does.
"""
