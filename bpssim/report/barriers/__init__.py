"""Pages, sheets and sentences of a study of barriers."""
