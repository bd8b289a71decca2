"""The JSON interface: a second reader of the selectors, a second caller of the services."""
