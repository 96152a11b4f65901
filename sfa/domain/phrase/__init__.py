"""Quick entry: one line as a rep types it between two meetings, read into what was done and what follows."""

from sfa.domain.phrase.model import Done, FollowUp, Phrase, PhraseError, Piece, PieceKind
from sfa.domain.phrase.reading import read_phrase

__all__ = ["Done", "FollowUp", "Phrase", "PhraseError", "Piece", "PieceKind", "read_phrase"]
