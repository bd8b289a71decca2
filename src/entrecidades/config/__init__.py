"""The composition root: settings, addresses, and which function keeps which promise."""
