"""From evidence to a checked answer: claims, wording, verification."""
