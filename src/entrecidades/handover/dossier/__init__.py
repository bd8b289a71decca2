"""The dossier as a file: its facts in words, typeset, and packed with everything else."""
