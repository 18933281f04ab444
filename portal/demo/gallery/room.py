"""/dev/gallery: the states side by side, each at an address of its own; and /dev/live, by which an open page learns
that a template, a stylesheet or a word was saved. It hangs in the demo alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for

from portal import language
from portal.demo.gallery.looks import Look
from portal.demo.gallery.scenes import SCENES
from portal.demo.gallery.scenes.book import Scene
from portal.demo.gallery.stage import LIVE, Shown, Theatre
from portal.web.pages import page

room = Blueprint("gallery", __name__, url_prefix="/dev")

DESIGNING = "designing"  # a cookie
WIDTHS = {"phone": 390, "tablet": 768, "desktop": 1280}
# A page of the gallery shows frames; a state in a frame may ask for nothing and send nothing, but for its own reload.
SHOWS_FRAMES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
IN_A_FRAME = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src {dev}; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)


def put_up(app: Flask) -> None:
    """The gallery of the demo `app`."""
    app.extensions["theatre"] = Theatre(app.extensions["kit"].settings)
    app.register_blueprint(room)
    app.jinja_env.globals["gallery_hangs"] = True
    app.context_processor(live_reload)


def live_reload() -> dict[str, str]:
    """Pages ask for news only in a browser that has been in the gallery: nobody else is at work on them."""
    designing = request.blueprint == room.name or DESIGNING in request.cookies
    return {"live_url": LIVE if designing else ""}


@room.after_request
def remember(response: Response) -> Response:
    response.set_cookie(DESIGNING, "yes", httponly=True, samesite="Lax")
    return response


@room.get("/gallery")
def everything() -> Response:
    sought = request.args.get("q", "").strip()[:100]
    response = page("gallery/gallery.html", rooms=list(rooms_with(sought)), sought=sought, count=len(SCENES))
    return framing(response)


def rooms_with(sought: str) -> Iterator[tuple[str, list[Scene]]]:
    """The rooms in order, each with its states that have every word of the search in their names."""
    words = sought.casefold().split()
    found = [each for each in SCENES.values() if all(word in f"{each.room} {each.title}".casefold() for word in words)]
    for title, scenes in groupby(found, lambda each: each.room):
        yield title, list(scenes)


@room.get("/gallery/<path:name>")
def state(name: str) -> Response:
    """One state at three widths, with the template and the variables that it is made from."""
    scene, look = SCENES.get(name) or abort(404), Look.read(request.args)
    shown = played(name, look)
    before, after = neighbours(scene)
    response = page(
        "gallery/state.html",
        scene=scene,
        shown=shown,
        look=look,
        choices=Look.choices(),
        widths=WIDTHS,
        alone=url_for("gallery.alone", name=name, **look.query),  # type: ignore[arg-type]
        file=template_file(shown),
        before=before,
        after=after,
    )
    return framing(response)


def neighbours(scene: Scene) -> tuple[Scene | None, Scene | None]:
    scenes = list(SCENES.values())
    at = scenes.index(scene)
    return scenes[at - 1] if at else None, scenes[at + 1] if scenes[at + 1 :] else None


@room.get("/state/<path:name>")
def alone(name: str) -> Response:
    """The state itself, as the program answers it, dressed in a look."""
    if name not in SCENES:
        abort(404)
    shown = played(name, Look.read(request.args))
    response = Response(shown.html)
    response.headers["Content-Security-Policy"] = IN_A_FRAME.format(dev=request.host_url + "dev/")
    return response


@room.get("/live")
def live() -> dict[str, str]:
    """Marks that change when a file is saved: one for what restyles a page, one for what draws it anew."""
    ours: list[Path] = current_app.extensions["static_folders"]
    roots = [folder.parent for folder in ours]
    drawn = [language.FOLDER, *(root / part for root in roots for part in ("templates", "translations", "static/img"))]
    components: list[Path] = current_app.extensions["component_folders"]
    return {"styles": mark([*ours, *components], sheets=True), "pages": mark(drawn, sheets=False)}


def mark(folders: list[Path], sheets: bool) -> str:
    files = [file for folder in folders for file in folder.rglob("*.*") if (file.suffix == ".css") == sheets]
    return f"{len(files)}-{max((file.stat().st_mtime_ns for file in files), default=0)}"


def template_file(shown: Shown) -> str:
    """Where the template of a state lies: with the theme, or with us."""
    found = current_app.jinja_env.get_template(shown.template).filename or ""
    home = Path(current_app.root_path)
    return str(Path(found).relative_to(home)) if Path(found).is_relative_to(home) else found


def framing(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = SHOWS_FRAMES
    return response


def played(name: str, look: Look) -> Shown:
    theatre: Theatre = current_app.extensions["theatre"]
    return theatre.play(name, look, as_of="/".join(live().values()))
