"""The fault kit: a bot as a process of its own, a Bot API that fails on demand and remembers, and what is measured of them.

    python -m tests.faults [--short] [measure …]

Measures judge behaviour alone: what the process does and what the Bot API's ledger says. They know nothing of the bot's
modules, so they judge any bot that speaks the Bot API, python-telegram-bot's own way of polling (`stock.py`) among them.
"""
