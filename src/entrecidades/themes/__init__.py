"""The subjects of cooperation: themes in axes, and their codes in DAC, SDG and COFOG terms."""
