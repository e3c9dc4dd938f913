"""The two options about the content security policy: their values as they may be written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coursewright.placed_option import PlacedOption
from coursewright.security.policy import HOST, OPEN_DIRECTIVES
from coursewright.security.writing import is_place
from lessonlab.problems import listing, phrase, suggest


class PolicyPlace(PlacedOption[str]):
    """Where the policy goes: `meta`, a file that hosts know, or a path."""

    def run_validation(self, value: object) -> str:
        """Return the place.

        Raises:
            ValidationError: It is none; the text says what to write.
        """
        if isinstance(value, str) and is_place(value):
            return value
        raise self.refuse("policy-place", value)


class PolicyHosts(PlacedOption[dict[str, list[str]]]):
    """Directives with the hosts that they shall name."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, list[str]] = {}

    def run_validation(self, value: object) -> dict[str, list[str]]:
        """Return the hosts.

        Raises:
            ValidationError: A directive is not open to authors, or a host is not written as one;
                the text says what to write.
        """
        if not isinstance(value, Mapping):
            raise self.refuse("policy-hosts", value)
        for directive, hosts in value.items():
            self._check(directive, hosts)
        return {str(directive): list(hosts) for directive, hosts in value.items()}

    def _check(self, directive: object, hosts: Any) -> None:
        if directive not in OPEN_DIRECTIVES:
            hint = suggest(
                str(directive),
                OPEN_DIRECTIVES,
                otherwise=phrase("known-names", names=listing(OPEN_DIRECTIVES)),
            )
            raise self.refuse("policy-directive", directive, str(directive), suggestion=hint)
        if not isinstance(hosts, list) or not hosts:
            raise self.refuse("policy-hosts", hosts, str(directive))
        for at, host in enumerate(hosts):
            if not isinstance(host, str) or not HOST.fullmatch(host):
                raise self.refuse("policy-host", host, str(directive), item=at)
