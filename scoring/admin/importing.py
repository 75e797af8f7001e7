"""Files are imported in two steps: what it would do is shown, row by row, and done when it is confirmed.

Not by a resource of django-import-export: that knows rows which succeed or fail one by one. Ours are imported as a
whole or not at all, by the services that the commands call; its addresses, rights and places for files are kept.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminFileFieldWidget

from import_export.tmp_storages import TempFolderStorage

from scoring.admin.log import because, reason_in
from scoring.services.file_previews import Preview

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    TypedMixin = ModelAdmin[Any]
else:
    TypedMixin = object

MEGABYTES = 10
SHOWN = 500
"""Changes, problems and notices that a page shows of each kind."""

KEPT_FOR = 24 * 60 * 60
SALT = "scoring.admin.importing"
FLAGS = {
    "--name": "the field “Name”",
    "--timezone": "the field “Time zone”",
    "--rename": "the field “Renamed teams”",
    "--new": "the box “New matches”",
    "--overwrite": "the box “Overwrite”",
}
"""What the commands call it → where it is on the page."""


class UploadForm(forms.Form):
    command = ""
    file = forms.FileField(widget=UnfoldAdminFileFieldWidget)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                f"The file has {file.size / 1024 / 1024:.1f} MB, and here {MEGABYTES} are the most: import it with "
                f"manage.py {self.command} on the server, or in parts."
            )
        return file

    def options(self) -> dict[str, Any]:
        """Return what is said beside the file, as it is kept until it is confirmed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class RefusedError(ValueError):
    """A file that is not imported. `lines`: each thing that is wrong, with the place and what to do."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(f"{len(lines)} problems")
        self.lines = tuple(lines)


@dataclass(frozen=True)
class Upload:
    """A file that waits to be confirmed: where it lies, what it is called, and what was said beside it."""

    place: str
    name: str
    options: dict[str, Any]
    seen: str = ""

    @classmethod
    def kept(cls, content: bytes, name: str, options: dict[str, Any]) -> "Upload":
        storage = TempFolderStorage()
        storage.save(content)
        return cls(PurePath(storage.name).name, name, options)

    def read(self) -> bytes:
        return bytes(TempFolderStorage(name=self.place, read_mode="rb").read())

    def remove(self) -> None:
        TempFolderStorage(name=self.place).remove()

    def token(self, user: Any, seen: str) -> str:
        """Return what the page that asks hands back: only who has seen it can confirm it."""
        told = {"place": self.place, "name": self.name, "options": self.options, "seen": seen, "user": user.pk}
        return signing.dumps(told, salt=SALT, compress=True)

    @classmethod
    def of(cls, token: str, user: Any) -> "Upload":
        """Raises BadSignature for what this person was not shown, or too long ago."""
        told = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        if told.pop("user") != user.pk:
            raise signing.BadSignature
        return cls(**told)


OnKeep = Callable[[Preview[Any]], object]


class Imports(TypedMixin):
    """Adds the pages to a list. `preview` says what a file would do, or does it; `counts` says that in a line."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_form: type[UploadForm]
    import_explained = ""

    def preview(self, content: bytes, file: str, options: dict[str, Any], seen: str, on_keep: OnKeep) -> Preview[Any]:
        """Imports if that does what the preview `seen` said. Raises `RefusedError`; then nothing is written."""
        raise NotImplementedError

    def counts(self, imported: Any) -> str:
        raise NotImplementedError

    def notes(self, imported: Any) -> list[str]:
        raise NotImplementedError

    def has_import_permission(self, request: HttpRequest) -> bool:
        """A file adds rows, and corrects those that are there."""
        app, model = self.opts.app_label, self.opts.model_name
        return request.user.has_perms([f"{app}.add_{model}", f"{app}.change_{model}"])

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        may = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **may})

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        ask, act = (self.admin_site.admin_view(view) for view in (self.import_view, self.process_import_view))
        return [
            path("import/", ask, name=f"{name}_import"),
            path("process_import/", act, name=f"{name}_process_import"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Asks for a file; a POST shows what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.import_form(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._page(request, form=form)
        file = form.cleaned_data["file"]
        return self._shown(request, Upload.kept(file.read(), file.name, form.options()))

    def process_import_view(self, request: HttpRequest) -> HttpResponse:
        """Does what was shown; if it would do anything else by now, that is shown instead."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            upload = Upload.of(request.POST.get("upload", ""), request.user)
            upload.read()
        except (signing.BadSignature, OSError):
            self.message_user(request, "Nothing was imported: the file is no longer here. Choose it again.", "error")
            return HttpResponseRedirect(self._address("import"))
        return self._shown(request, upload)

    def _shown(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        by = f"{upload.name} by {request.user.get_username()}"
        try:
            preview = self.preview(
                upload.read(), by, upload.options, upload.seen, lambda done: self._log(request, upload, done)
            )
        except RefusedError as error:
            upload.remove()
            lines = [in_words_of_the_page(line) for line in error.lines]
            return self._page(request, form=self.import_form(initial=upload.options), problems=lines, file=upload.name)
        if preview.kept:
            upload.remove()
            self.message_user(request, f"{upload.name}: {self.counts(preview.imported)}.", messages.SUCCESS)
            return HttpResponseRedirect(self._address("changelist"))
        if upload.seen:
            self.message_user(request, "Something else has changed since you looked: look again.", messages.WARNING)
        notes = [in_words_of_the_page(note) for note in self.notes(preview.imported)]
        return self._page(
            request,
            **{"preview": preview, "file": upload.name, "counts": self.counts(preview.imported), "notes": notes},
            token=upload.token(request.user, preview.fingerprint),
        )

    def _log(self, request: HttpRequest, upload: Upload, done: Preview[Any]) -> None:
        LogEntry.objects.create(
            user_id=cast(int, request.user.pk),
            content_type=ContentType.objects.get_for_model(self.model),
            object_id="",
            object_repr=upload.name[:200],
            action_flag=CHANGE,
            change_message=because(f"Imported the file: {self.counts(done.imported)}", reason_in(request)),
        )

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def _page(self, request: HttpRequest, **shown: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"Import {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "explained": self.import_explained,
            "back": self._address("changelist"),
            "again": self._address("import"),
            "act": self._address("process_import"),
            "most": SHOWN,
            **shown,
        }
        return TemplateResponse(request, "admin/import_file.html", context)


def in_words_of_the_page(text: str) -> str:
    """Return a message of the importers, which name options of a command, with the field of the form instead."""
    return re.sub(r"--(?:name|timezone|rename|new|overwrite)\b", lambda found: FLAGS[found[0]], text)
