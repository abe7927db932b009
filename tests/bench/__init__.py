"""What quality, speed and memory are beside what one would use instead, in one run: `make bench EVAL=folder`.

EVAL holds public question sets, which are no part of this project; without it only speed and memory are told, on passages
made from the seed facts. SIZES chooses the numbers of passages, BENCH_FOLDER keeps what is built for the next run.

With EVAL the pool is the facts of the sets and, up to the size, variants of them: spliced of three facts, with names,
numbers, day and outlet changed, so that they are like news and answer nothing. To encode a million of them would take
hours, so but for the first few thousand THEIR VECTORS ARE SYNTHETIC: mixed of the true vectors of the facts that they are
spliced of, with noise; `vectors` says how, and the run tells how like the true ones they are. Passages of the sets and
questions are always really encoded. All else is the application's own: file, index, vectors, graph, desk.

Updates in and messages out are measured beside python-telegram-bot and aiogram (`rates`), in a crisis (`floods`) and with a
million recipients (`million`): every bot is a process on a core of its own, at a Bot API made for it (`fast_api`).
PARTS=intake measures these alone, PARTS=questions the others.

Nothing here asserts a time. Each row is one process of its own, so memory is that process's peak, with one thread for each
library of numbers. The machine's noise shows in the ratios least.
"""
