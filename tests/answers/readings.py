"""A question as it was read, for tests of what comes after the reading: what a test does not name was not asked for."""

from answers.match.asked import Asked
from answers.match.limits import Limits
from answers.match.manner import Kind


def an_asked(**given: object) -> Asked:
    nothing = {"terms": {}, "repaired": {}, "names": (), "suspects": (), "numbers": (), "roles": {}, "outlets": ()}
    plainly = dict.fromkeys(("speech", "negated", "now", "future", "comparing", "slight"), False)
    told = {"text": "", "language": "en", "kind": Kind.OTHER, "limits": Limits()}
    return Asked(**{**nothing, **plainly, **told, **given})
