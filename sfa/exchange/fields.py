"""Fields that an import can fill: the registry of all rooms is `sfa.domain.fields`; nothing is declared twice."""

from sfa.domain.fields import IMPORTABLE, NOUNS, FieldSpec, Kind, NounSpec

ImportField = FieldSpec

__all__ = ["IMPORTABLE", "NOUNS", "FieldSpec", "ImportField", "Kind", "NounSpec"]
