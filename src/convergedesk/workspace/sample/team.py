"""The vendor's own people and how they share the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from convergedesk.domain.accounts import PersonRole
from convergedesk.workspace.sample.spec import SampleSpec

VENDOR_DOMAIN = "lumenpipe.example"
PILOT_POD = "Pilot pod"
PILOT_ACCOUNTS = 10
PILOT_BEGAN = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class PodPlan:
    """One success manager, some agents, the account owners, and nothing else yet."""

    name: str
    success_manager: str
    agents: tuple[str, ...]
    owners: tuple[str, ...]


PILOT = PodPlan(PILOT_POD, "Amira Haddad", ("Jonas Weber", "Priya Nair"), ("Lena Fischer", "Omar Reyes"))

_OTHERS = (
    PodPlan("North pod", "Maren Okafor", ("Elif Kaya", "Ben Hartley"), ("Greta Lindholm", "Lena Fischer")),
    PodPlan(
        "Rhine pod", "Tomasz Zielinski", ("Sofie Lund", "Marco Pinto"), ("Pieter van Dam", "Lena Fischer")
    ),
    PodPlan("Iberia pod", "Luis Cabrera", ("Rafael Costa", "Clara Dubois"), ("Isabel Moreno", "Omar Reyes")),
    PodPlan("Channel pod", "Nadia Rahimi", ("Samir Aziz", "Anna Kowalska"), ("Pieter van Dam", "Omar Reyes")),
    PodPlan("Alps pod", "Chiara Bassi", ("Eva Horvath", "Niko Laine"), ("Isabel Moreno", "Greta Lindholm")),
    PodPlan("Baltic pod", "Hanna Virtanen", ("Ida Berg", "Yuki Tanabe"), ("Greta Lindholm", "Omar Reyes")),
)


def pods_of(spec: SampleSpec) -> tuple[PodPlan, ...]:
    """The pilot pod, and one more for every fifty accounts beyond it, six at most."""
    others = -(-max(0, spec.accounts - PILOT_ACCOUNTS) // 50)
    return (PILOT, *_OTHERS[: min(len(_OTHERS), others)])


def pod_of(number: int, pods: tuple[PodPlan, ...]) -> PodPlan:
    """The pod that looks after the account of this number."""
    if number < PILOT_ACCOUNTS or len(pods) == 1:
        return pods[0]
    return pods[1 + (number - PILOT_ACCOUNTS) % (len(pods) - 1)]


def team_of(pods: tuple[PodPlan, ...]) -> tuple[tuple[str, PersonRole, str], ...]:
    """Everybody of ours once: name, role and title."""
    found: dict[str, tuple[str, PersonRole, str]] = {}
    for pod in pods:
        found.setdefault(
            pod.success_manager, (pod.success_manager, PersonRole.SUCCESS_MANAGER, "Success manager")
        )
        for name in pod.agents:
            found.setdefault(name, (name, PersonRole.SUPPORT_AGENT, "Support agent"))
        for name in pod.owners:
            found.setdefault(name, (name, PersonRole.ACCOUNT_OWNER, "Account owner"))
    return tuple(found.values())
