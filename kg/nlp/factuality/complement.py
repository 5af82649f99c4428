"""What a verb makes of its complement: "plans to", "denied that", "is said to", "did not try to"."""

from __future__ import annotations

from kg.model import Modality
from kg.nlp.factuality.cues import cues
from kg.nlp.factuality.group import has_subject, is_finite, is_infinitive
from kg.nlp.factuality.value import AHEAD, CONDITIONAL, DENIED, FACT, PLANNED, POSSIBLE, Factuality, Reader, within
from kg.nlp.syntax import SUBJECTS, child
from kg.nlp.tree import Token
from kg.ontology import lexicon


def is_told(verb: Token, governor: Token) -> bool:
    """Tell whether a complement is a finite clause, also where the tagger took its verb for a bare form.

    Verbs that make or see somebody act do take a bare form: "let the talks succeed".
    """
    if verb.dep_ == "xcomp":
        return False
    if is_finite(verb) or (verb.tag_ == "VBN" and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)):
        return True
    bare = verb.tag_ == "VB" and has_subject(verb) and not is_infinitive(verb)
    return bare and governor.lemma_.lower() not in lexicon().words("keepsFactuality", "verb")


def told_complement(verb: Token, governor: Token, reader: Reader) -> Factuality:
    """Return what a verb makes of a finite clause: most say by their own verb group whether they lie ahead."""
    words = lexicon().words
    above = reader.verb(governor)
    lemma = governor.lemma_.lower()
    key, cue = cues().of_verb(governor, cues().clause_verb)
    outer = Factuality(
        Modality.CONDITIONAL if above.modality is Modality.CONDITIONAL else Modality.ACTUAL, above.negative
    )
    if any(c.tag_ in {"WRB", "WP"} for c in verb.children):
        return FACT  # "asked why the navy attacked"
    if lemma in words("contraryToFact", "verb") and not _speaks_of_present(verb, reader):
        return CONDITIONAL
    if above.negative and lemma in words("doubts", "verb"):
        return FACT
    if above.negative and key in words("makesUnknown", "verb"):
        return POSSIBLE
    if cue is None or cue.modality in AHEAD:
        if cue is not None and cue.modality is Modality.REQUIRED and _is_subjunctive(verb, reader):
            return within(outer, cue)  # "demanded that they leave"
        modal = any(a.tag_ == "MD" for a in reader.auxiliaries(verb))
        if lemma in words("guesses", "verb"):
            guess = PLANNED if _speaks_of_present(verb, reader) else POSSIBLE
            return within(outer, FACT if modal else guess)
        if not above.negative or lemma not in words("asserts", "verb"):
            return FACT
        subject = child(verb, *SUBJECTS)
        promised = modal and subject is not None and subject.pos_ == "PRON"
        return DENIED if promised else POSSIBLE  # "never said that it would leave", "did not say that they left"
    return within(outer, cue)


def _is_subjunctive(verb: Token, reader: Reader) -> bool:
    """Tell whether a verb group can be a subjunctive: "demanded that they leave", "that the plant be closed"."""
    auxiliaries = reader.auxiliaries(verb)
    return auxiliaries[0].tag_ == "VB" if auxiliaries else verb.tag_ in {"VB", "VBP"}


def _speaks_of_present(verb: Token, reader: Reader) -> bool:
    return not any(t.tag_ == "VBD" or t.lemma_ == "have" for t in (verb, *reader.auxiliaries(verb)))


def open_complement(verb: Token, governor: Token, reader: Reader) -> Factuality:
    """Return what a verb makes of an infinitive, gerund or participle."""
    words = lexicon().words
    above = reader.verb(governor)
    lemma = governor.lemma_.lower()
    if is_infinitive(verb) and _is_outstanding(verb, governor):
        return DENIED
    if lemma in words("wishes", "verb") and above.modality is Modality.CONDITIONAL and is_infinitive(verb):
        return Factuality(Modality.PLANNED, above.negative)  # "would like to visit"
    key, cue = cues().of_verb(governor, cues().clause_verb)
    if cue is not None and not cue.negative and lemma in words("keepsFactuality", "verb"):
        cue = None
    if cue is not None and is_infinitive(verb) and key in words("gerundOnly", "verb"):
        cue = None  # who stops to look does look
    if lemma == "have" and not is_infinitive(verb):
        cue = None  # what "had them wondering" made them wonder
    if cue is not None:
        return embed(above, cue, key)
    if not is_infinitive(verb):
        return above
    if lemma == "be" and verb.lemma_ in words("passiveInfinitive", "verb"):
        return above
    if lemma in {"be", "go"} and (lemma == "be" or governor.tag_ == "VBG"):
        return within(above, PLANNED)
    if lemma in words("asserts", "verb"):  # "is said to have left", but "claims to have left"
        hearsay = child(governor, "nsubjpass", "auxpass") is not None and lemma not in words("proves", "verb")
        return POSSIBLE if above.negative else within(above, POSSIBLE) if hearsay else above
    if lemma in words("keepsFactuality", "verb"):
        return above
    return purpose(verb, above)


def _is_outstanding(verb: Token, governor: Token) -> bool:
    """Tell whether something is still to be done: "has yet to agree", "is still to agree", "remains to be seen"."""
    if governor.lemma_ == "remain":
        return child(verb, "auxpass") is not None
    still = any(c.lower_ in {"yet", "still"} and c.dep_ == "advmod" for c in governor.children)
    return still and governor.lemma_ in {"have", "be"}


def embed(above: Factuality, cue: Factuality, key: str) -> Factuality:
    """Return what a cue makes of its clause inside what holds of the cue itself.

    Planning to let somebody act plans the act, but planning to consider it does not; who does not try, does not
    act; who does not deny it, leaves it open.
    """
    words = lexicon().words
    if above.negative and key in words("makesUnknown", "verb"):
        return POSSIBLE
    if above.negative and key in words("optional", "verb"):
        return Factuality(Modality.POSSIBLE, True)  # "does not have to leave"
    needed = key in words("needed", "verb")
    if needed and above.negative:
        return above
    if above.modality in AHEAD and cue.modality in (Modality.POSSIBLE, Modality.REQUIRED) and not needed:
        return Factuality(cue.modality, above.negative != cue.negative)
    return within(above, cue)


def purpose(verb: Token, above: Factuality) -> Factuality:
    """Return what an infinitive of purpose is: planned, unless it tells what came of it ("rose to become")."""
    only = any(c.lower_ == "only" and c.i < verb.i for c in verb.children)
    if only or verb.lemma_ in lexicon().words("outcome", "verb"):
        return above
    return PLANNED if above.modality in (Modality.ACTUAL, *AHEAD) else Factuality(above.modality)
