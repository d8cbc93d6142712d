"""What keeps mothers from support: a catalogue of influences at three levels, and scenarios without some of them."""
