"""Under which names teams are known, and what `--rename "OLD=NEW"` makes of them."""

from collections.abc import Iterable

from scoring.finding import close_names
from scoring.models import Team, TeamAlias
from scoring.services.renames import OldNames, before_renames, finish_renames
from scoring.services.revisions import MoveError
from scoring.services.team_merges import Before, before_merge, finish_merge, require_not_opponents


class RenameError(ValueError):
    """A renaming that can't be done; the message says what to do."""


class TeamBook:
    """Every name and alias → the number of its team.

    The number is the team's id, or below 0 for a team that is yet to be created. Nothing is written before `save`.
    """

    def __init__(self) -> None:
        self.titles: dict[int, str] = dict(Team.objects.values_list("pk", "name"))
        self.numbers: dict[str, int] = {name: pk for pk, name in self.titles.items()}
        self.numbers |= dict(TeamAlias.objects.values_list("name", "team"))
        self.merged: dict[int, int] = {}
        self.retitled: set[int] = set()
        self.new_aliases: dict[str, int] = {}
        self.created: dict[int, Team] = {}
        self.before: dict[int, Before] = {}
        self.old_names = OldNames({}, {})

    def number(self, name: str) -> int:
        """Return the number of the team that is called so; a new one for a new name."""
        if name not in self.numbers:
            self.numbers[name] = -len(self.numbers) - 1
            self.titles[self.numbers[name]] = name
        return self.numbers[name]

    def current(self, pk: int) -> int:
        """Return the number of the team that this one now is."""
        while pk in self.merged:
            pk = self.merged[pk]
        return pk

    def title(self, number: int) -> str:
        return self.titles[self.current(number)]

    def new_titles(self) -> tuple[str, ...]:
        return tuple(sorted(title for number, title in self.titles.items() if number < 0))

    def renamings(self) -> tuple[str, ...]:
        """Return a line for each new alias: OLD = NEW."""
        return tuple(f"{name} = {self.title(number)}" for name, number in self.new_aliases.items())

    def rename(self, old: str, new: str, in_file: Iterable[str] = ()) -> None:
        """Makes `old` another name of the team that is called `new` from now on.

        Two known teams become one; a name that is known already stays, and gets the other as its alias; a known team
        takes the new name. Raises `RenameError` if neither name is known, nor stands in the file.
        """
        before, after = self.numbers.get(old), self.numbers.get(new)
        if before is None and after is None and not {old, new} & set(in_file):
            raise RenameError(f'--rename "{old}={new}": there is no team "{old}"{close_names(old, self.numbers)}')
        if before is None:
            self._call(old, self.number(new))
        elif after is None or before == after:
            self._retitle(old, new, before)
        else:
            self._merge(old, before, after)

    def _call(self, name: str, number: int) -> None:
        self.numbers[name] = number
        self.new_aliases[name] = number

    def _retitle(self, old: str, new: str, number: int) -> None:
        if self.titles[number] != old:
            if new not in self.numbers:
                self._call(new, number)
            return
        self.titles[number] = new
        self.retitled.add(number)
        self.new_aliases.pop(new, None)
        self.numbers[new] = number
        self._call(old, number)

    def _merge(self, old: str, before: int, after: int) -> None:
        if self.titles[before] != old:
            raise RenameError(
                f'"{old}" is another name of {self.titles[before]}: rename that team, or remove the alias first'
            )
        self._require_mergeable(before, after)
        self.merged[before] = after
        for name, number in self.numbers.items():
            if number == before:
                self._call(name, after)
        del self.titles[before]
        self.retitled.discard(before)

    def _require_mergeable(self, before: int, after: int) -> None:
        old, into = (Team(pk=number, name=self.titles[number]) for number in (before, after))
        try:
            require_not_opponents(old, into)
        except MoveError as error:
            raise RenameError(str(error)) from error

    def save(self) -> None:
        """Writes new teams, new names and aliases; merged teams stay until `finish`."""
        self.before = {pk: before_merge(pk) for pk in self.merged if pk > 0}
        self.old_names = before_renames(self.retitled)
        new = {number: Team(name=title) for number, title in self.titles.items() if number < 0}
        Team.objects.bulk_create(new.values())
        self.created = new
        TeamAlias.objects.filter(name__in=[self.titles[pk] for pk in self.retitled]).delete()
        for pk in self.retitled:
            Team.objects.filter(pk=pk).update(name=self.titles[pk])
        for name, number in self.new_aliases.items():
            TeamAlias.objects.update_or_create(name=name, defaults={"team_id": self.pk(number)})

    def pk(self, number: int) -> int:
        """Return the id of a team after `save`."""
        return self.created[number].pk if number < 0 else self.current(number)

    def finish(self, *, by: str) -> None:
        """Gives what merged teams still have to the team they now are, and writes each merge and new name down.

        Call it after `save`, and after the matches that the file tells of were changed; all of them are locked.
        """
        for before, state in self.before.items():
            team = Team.objects.get(pk=self.pk(self.merged[before]))
            finish_merge(state, team, by=by, reason="two names of one team")
        finish_renames(self.old_names, by=by, reason="a new name of the team")
