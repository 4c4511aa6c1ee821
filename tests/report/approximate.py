"""Values that equal all values of a range."""

import math


class About:
    """A number with an error of at most 1% of `scale`."""

    def __init__(self, number, scale=None):
        self.number = number
        self.scale = number if scale is None else scale

    def __eq__(self, other):
        return other is not None and abs(self.number - other) <= 0.01 * self.scale + 1e-9

    def __repr__(self):
        return f"about {self.number}"


class Close(float):
    """A number of another calculation, which may round otherwise."""

    def __eq__(self, other):
        return other is not None and math.isclose(self, other, rel_tol=1e-9, abs_tol=1e-9)

    __hash__ = float.__hash__


class Since(float):
    """Seconds since a time, in a document that was written at most a minute later."""

    def __eq__(self, other):
        return other is not None and -0.01 <= float(other) - float(self) <= 60

    __hash__ = float.__hash__


class Until(float):
    """Seconds until a time, in a document that was written at most a minute later."""

    def __eq__(self, other):
        return other is not None and -0.01 <= float(self) - float(other) <= 60

    __hash__ = float.__hash__


class AnyText:
    """A text for people."""

    def __eq__(self, other):
        return isinstance(other, str) and len(other) > 5

    def __repr__(self):
        return "a text"
