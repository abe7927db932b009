"""The outside of On the Record: Telegram, the terminal, the local chat, the clock, the state."""
