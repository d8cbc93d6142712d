"""The levers: single changes on which money can be spent or saved, one file each."""
