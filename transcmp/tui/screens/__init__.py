"""The screens: beads, findings, document, files, and the small ones that ask or explain."""
