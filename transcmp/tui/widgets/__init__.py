"""What the screens are made of. All draw through Textual's line API: a key costs the cells that change."""
