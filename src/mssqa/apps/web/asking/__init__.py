"""The Ask tab: questions, answers as they grow, and the sources behind them."""
